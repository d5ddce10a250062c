package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Alembic migrations: {@code upgrade}. */
final class AlembicMigration extends CodeMigration {

    private static final Pattern COLUMN = Pattern.compile("(?s)^\\s*(?:sa\\.|sqlalchemy\\.)?Column\\((.*)\\)\\s*$");
    private static final Pattern IDLE = Pattern.compile(
            "def upgrade.*|pass|from .*|import .*|with op\\.get_context\\(\\)\\.autocommit_block\\(\\):|\"\"\".*|'''.*");

    AlembicMigration(String text, Dialect dialect) {
        super(text, dialect);
    }

    @Override
    String comment() {
        return "#";
    }

    @Override
    boolean transaction(String code) {
        return !code.contains("autocommit_block");
    }

    @Override
    Pattern idle() {
        return IDLE;
    }

    @Override
    int[] up(String code) {
        return between(code, "def\\s+upgrade\\w*\\s*\\(", "def\\s+downgrade\\w*\\s*\\(");
    }

    @Override
    Set<String> known() {
        return Set.of(
                "add_column",
                "drop_column",
                "create_index",
                "drop_index",
                "alter_column",
                "create_table",
                "drop_table",
                "rename_table",
                "create_foreign_key",
                "create_unique_constraint",
                "create_check_constraint",
                "create_primary_key",
                "drop_constraint",
                "execute",
                "bulk_insert",
                "create_table_comment");
    }

    @Override
    List<String> statements(Call call) {
        var table = call.at(0);
        var second = call.at(1);
        var concurrently = call.is("postgresql_concurrently", "True");
        return switch (call.name()) {
            case "create_table" -> List.of(sql.createTable(table));
            case "drop_table" -> List.of(sql.dropTable(table));
            case "rename_table" -> List.of(sql.renameTable(table, second));
            case "add_column" -> addColumn(call, table);
            case "drop_column" -> List.of(sql.dropColumn(table, second));
            case "alter_column" -> alterColumn(call, table, second);
            case "create_index" ->
                List.of(sql.createIndex(table, second, call.at(2), call.is("unique", "True"), concurrently));
            case "drop_index" -> List.of(sql.dropIndex(table, call.get("table_name"), concurrently));
            case "create_foreign_key" ->
                List.of(sql.addForeignKey(
                        second, table, call.at(3), call.at(2), !call.is("postgresql_not_valid", "True")));
            case "create_unique_constraint" -> List.of(sql.addUnique(second, table, call.at(2)));
            case "create_check_constraint" ->
                List.of(sql.addCheck(second, table, !call.is("postgresql_not_valid", "True")));
            case "create_primary_key" -> List.of(sql.addPrimaryKey(second, call.at(2)));
            case "drop_constraint" -> List.of(sql.dropConstraint(second, table));
            case "execute" -> call.literal(call.first()) == null ? null : List.of(call.literal(call.first()));
            case "bulk_insert" -> List.of("INSERT INTO seed (id) VALUES (1)");
            case "create_table_comment" -> List.of("SELECT 1");
            default -> null;
        };
    }

    private List<String> addColumn(Call call, String table) {
        var parts = CodeText.split(call.words());
        var found = COLUMN.matcher(parts.size() < 2 ? "" : parts.get(1));
        if (!found.matches()) {
            return null;
        }
        var column = new Call("Column", found.group(1), call.start(), call.end(), call.line());
        var given = column.get("server_default");
        var computed = given.contains("(") && !given.toLowerCase(Locale.ROOT).contains("now()");
        var definition = (column.is("nullable", "False") ? " NOT NULL" : "")
                + (!column.has("server_default") ? "" : computed ? " DEFAULT computed()" : " DEFAULT 0")
                + (column.is("unique", "True") ? " UNIQUE" : "")
                + (column.words().contains("ForeignKey(") ? " REFERENCES other (id)" : "")
                + (column.words().contains("Identity(") ? sql.autoIncrement() : "");
        return List.of(sql.addColumn(table, column.at(0), type(column.at(1)), definition));
    }

    private static String type(String written) {
        var name =
                written.replaceAll("^(sa|postgresql|mysql|sqlalchemy)\\.", "").replaceAll("\\(.*", "");
        return name.equalsIgnoreCase("JSON") ? "json" : "text";
    }

    private List<String> alterColumn(Call call, String table, String column) {
        var statements = new ArrayList<String>();
        if (call.has("new_column_name")) {
            statements.add(sql.renameColumn(table, column, call.get("new_column_name")));
        }
        if (call.has("type_")) {
            var text = call.get("type_").matches("(sa\\.)?(Text|String)\\(\\)");
            statements.add(sql.changeType(table, column, text ? "text" : "changed"));
        }
        if (call.has("nullable")) {
            statements.add(
                    call.is("nullable", "False")
                            ? sql.setNotNull(table, column, "bigint")
                            : sql.dropNotNull(table, column));
        }
        if (call.has("server_default")) {
            statements.add(sql.setDefault(table, column));
        }
        return statements.isEmpty() && !call.has("comment") ? null : statements;
    }
}

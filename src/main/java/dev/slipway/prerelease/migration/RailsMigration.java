package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Active Record migrations: {@code change} or {@code up}. */
final class RailsMigration extends CodeMigration {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("string", "varchar"),
            Map.entry("datetime", "timestamp"),
            Map.entry("binary", "bytea"),
            Map.entry("float", "double precision"),
            Map.entry("references", "bigint"),
            Map.entry("primary_key", "bigserial"),
            Map.entry("virtual", "virtual"));

    private static final Pattern IDLE = Pattern.compile(
            "class .*|module .*|end|def (change|up).*|disable_ddl_transaction!|safety_assured( do| \\{)?|\\}|t\\.\\w+.*|"
                    + "do \\|\\w+\\|.*|include .*|require .*|add_index_options.*");

    RailsMigration(String text, Dialect dialect) {
        super(text, dialect);
    }

    @Override
    String comment() {
        return "#";
    }

    @Override
    boolean bare() {
        return true;
    }

    @Override
    boolean transaction(String code) {
        return !code.contains("disable_ddl_transaction!");
    }

    @Override
    Pattern idle() {
        return IDLE;
    }

    @Override
    int[] up(String code) {
        return between(code, "def\\s+(change|up)\\b", "def\\s+down\\b");
    }

    @Override
    Set<String> known() {
        return Set.of(
                "add_column",
                "remove_columns",
                "remove_column",
                "remove_reference",
                "remove_belongs_to",
                "remove_timestamps",
                "rename_column",
                "rename_table",
                "change_column",
                "change_column_null",
                "change_column_default",
                "add_index",
                "remove_index",
                "add_foreign_key",
                "validate_foreign_key",
                "remove_foreign_key",
                "add_check_constraint",
                "validate_check_constraint",
                "remove_check_constraint",
                "add_reference",
                "add_belongs_to",
                "add_timestamps",
                "create_table",
                "create_join_table",
                "drop_table",
                "drop_join_table",
                "execute",
                "enable_extension",
                "rename_index",
                "change_table",
                "validate_constraint",
                "change_column_comment",
                "change_table_comment",
                "add_unique_constraint",
                "add_exclusion_constraint");
    }

    @Override
    List<String> statements(Call call) {
        var table = call.at(0);
        var second = call.at(1);
        return switch (call.name()) {
            case "create_table", "create_join_table" ->
                call.is("force", "true") || call.is("force", "cascade")
                        ? List.of(sql.dropTable(table), sql.createTable(table))
                        : List.of(sql.createTable(table));
            case "drop_table", "drop_join_table" -> List.of(sql.dropTable(table));
            case "rename_table" -> List.of(sql.renameTable(table, second));
            case "add_column" -> addColumn(call, table, second);
            case "remove_column", "remove_columns" -> removed(call, table);
            case "remove_reference", "remove_belongs_to" -> List.of(sql.dropColumn(table, second + "_id"));
            case "remove_timestamps" ->
                List.of(sql.dropColumn(table, "created_at"), sql.dropColumn(table, "updated_at"));
            case "add_timestamps" ->
                List.of(sql.addColumn(
                        table,
                        "created_at",
                        "timestamp",
                        call.is("null", "true") ? "" : call.has("default") ? " NOT NULL DEFAULT now()" : " NOT NULL"));
            case "rename_column" -> List.of(sql.renameColumn(table, second, call.at(2)));
            case "change_column" -> List.of(sql.changeType(table, second, type(call)));
            case "change_column_null" ->
                call.at(2).equals("false")
                        ? List.of(sql.setNotNull(table, second, "bigint"))
                        : List.of(sql.dropNotNull(table, second));
            case "change_column_default" -> List.of(sql.setDefault(table, second));
            case "add_index" ->
                List.of(sql.createIndex(
                        call.get("name"),
                        table,
                        second,
                        call.is("unique", "true"),
                        call.is("algorithm", "concurrently")));
            case "remove_index" ->
                List.of(sql.dropIndex(
                        call.has("name") ? call.get("name") : "index", table, call.is("algorithm", "concurrently")));
            case "add_foreign_key" ->
                List.of(sql.addForeignKey(
                        table, call.get("name"), second + "_id", second, !call.is("validate", "false")));
            case "add_check_constraint" ->
                List.of(sql.addCheck(table, call.get("name"), !call.is("validate", "false")));
            case "validate_foreign_key", "validate_check_constraint", "validate_constraint" ->
                List.of(sql.validate(table, call.has("name") ? call.get("name") : "fk"));
            case "remove_foreign_key" -> List.of(sql.dropForeignKey(table, "fk"));
            case "remove_check_constraint" -> List.of(sql.dropConstraint(table, call.get("name")));
            case "add_unique_constraint" ->
                List.of(
                        call.has("using_index")
                                ? sql.addUniqueUsing(table, call.get("name"), call.get("using_index"))
                                : sql.addUnique(table, call.get("name"), second));
            case "add_reference", "add_belongs_to" -> reference(call, table, second);
            case "execute" -> call.literal(call.first()) == null ? null : List.of(call.literal(call.first()));
            case "enable_extension", "rename_index", "change_column_comment", "change_table_comment" ->
                List.of("SELECT 1");
            default -> null;
        };
    }

    private static String type(Call call) {
        var name = call.at(2);
        var type = TYPES.getOrDefault(name, name);
        return call.has("limit") && type.equals("varchar") ? "varchar(" + call.get("limit") + ")" : type;
    }

    private List<String> addColumn(Call call, String table, String column) {
        var given = call.get("default");
        var nothing = !call.has("default") || given.equals("nil");
        if (given.startsWith("->")) {
            return List.of(sql.addColumn(
                    table,
                    column,
                    type(call),
                    " DEFAULT " + given.replaceAll("^->\\s*\\{\\s*['\"]|['\"]\\s*\\}$", "")));
        }
        var generated = call.is("stored", "true") ? " GENERATED ALWAYS AS (1) STORED" : "";
        return List.of(sql.addColumn(
                table,
                column,
                type(call).equals("virtual") ? "text" : type(call),
                (call.is("null", "false") ? " NOT NULL" : "") + (nothing ? generated : " DEFAULT 0")));
    }

    private List<String> removed(Call call, String table) {
        var statements = new ArrayList<String>();
        var several = call.name().equals("remove_columns");
        for (var i = 1; !call.at(i).isEmpty() && (several || i == 1); i++) {
            statements.add(sql.dropColumn(table, call.at(i)));
        }
        return statements.isEmpty() ? null : statements;
    }

    private List<String> reference(Call call, String table, String reference) {
        var statements = new ArrayList<String>();
        statements.add(sql.addColumn(table, reference + "_id", "bigint", call.is("null", "false") ? " NOT NULL" : ""));
        if (!call.is("index", "false")) {
            statements.add(sql.createIndex(
                    "", table, reference + "_id", false, call.get("index").contains("concurrently")));
        }
        if (call.has("foreign_key") && !call.is("foreign_key", "false")) {
            var unchecked = Pattern.compile("validate(:|\\s*=>)\\s*false")
                    .matcher(call.get("foreign_key"))
                    .find();
            statements.add(sql.addForeignKey(table, "", reference + "_id", reference + "s", !unchecked));
        }
        return statements;
    }
}

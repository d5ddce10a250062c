package dev.slipway.prerelease.migration;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Django migrations: the list {@code operations}. Tables are named as Django does, by app and model. */
final class DjangoMigration extends CodeMigration {

    private static final Pattern IDLE = Pattern.compile(
            "class Migration.*|operations\\s*(=|\\+=)\\s*\\[?|[\\])},(\\[]+|from .*|import .*|atomic = .*|\\)+,?");

    private static final Pattern APP = Pattern.compile("([^/]+)/migrations/[^/]*$");

    private final String app;

    DjangoMigration(String text, String path, Dialect dialect) {
        super(text, dialect);
        var found = APP.matcher(path);
        this.app = found.find() ? found.group(1) + "_" : "";
    }

    @Override
    String comment() {
        return "#";
    }

    @Override
    boolean transaction(String code) {
        return !Pattern.compile("atomic\\s*=\\s*False").matcher(code).find();
    }

    @Override
    Pattern idle() {
        return IDLE;
    }

    @Override
    int[] up(String code) {
        return between(code, "operations\\s*(=|\\+=)\\s*\\[", "\\z");
    }

    @Override
    Set<String> known() {
        return Set.of(
                "AddField",
                "RemoveField",
                "RenameField",
                "AlterField",
                "CreateModel",
                "DeleteModel",
                "RenameModel",
                "AddIndexConcurrently",
                "RemoveIndexConcurrently",
                "AddIndex",
                "RemoveIndex",
                "RenameIndex",
                "AddConstraintNotValid",
                "ValidateConstraint",
                "AddConstraint",
                "RemoveConstraint",
                "AlterModelOptions",
                "AlterModelManagers",
                "AlterModelTable",
                "AlterUniqueTogether",
                "AlterIndexTogether",
                "AlterModelTableComment",
                "RunSQL",
                "RunPython",
                "SeparateDatabaseAndState",
                "AlterOrderWithRespectTo",
                "CreateExtension");
    }

    @Override
    List<String> statements(Call call) {
        var model = call.has("model_name")
                ? call.get("model_name")
                : call.has("name") && isModel(call) ? call.get("name") : call.at(0);
        var table = app + model.toLowerCase(Locale.ROOT);
        var name = call.has("name") ? call.get("name") : call.at(1);
        return switch (call.name()) {
            case "CreateModel" -> List.of(sql.createTable(table));
            case "DeleteModel" -> List.of(sql.dropTable(table));
            case "RenameModel" ->
                List.of(sql.renameTable(
                        app + call.get("old_name").toLowerCase(Locale.ROOT),
                        app + call.get("new_name").toLowerCase(Locale.ROOT)));
            case "AlterModelTable" -> List.of(sql.renameTable(table, call.get("table")));
            case "AddField" -> addField(call, table, name);
            case "RemoveField" -> List.of(sql.dropColumn(table, name));
            case "RenameField" -> List.of(sql.renameColumn(table, call.get("old_name"), call.get("new_name")));
            case "AddIndex" -> List.of(sql.createIndex("", table, "id", false, false));
            case "AddIndexConcurrently" -> List.of(sql.createIndex("", table, "id", false, true));
            case "RemoveIndex" -> List.of(sql.dropIndex(name, table, false));
            case "RemoveIndexConcurrently" -> List.of(sql.dropIndex(name, table, true));
            case "AddConstraint" ->
                List.of(
                        call.words().contains("UniqueConstraint")
                                ? sql.addUnique(table, "", "id")
                                : sql.addCheck(table, "", true));
            case "AddConstraintNotValid" -> List.of(sql.addCheck(table, name, false));
            case "ValidateConstraint" -> List.of(sql.validate(table, name));
            case "RemoveConstraint" -> List.of(sql.dropConstraint(table, name));
            case "AlterUniqueTogether" -> List.of(sql.addUnique(table, "", "id"));
            case "AlterIndexTogether" -> List.of(sql.createIndex("", table, "id", false, false));
            case "AlterModelOptions",
                    "AlterModelManagers",
                    "AlterModelTableComment",
                    "RenameIndex",
                    "CreateExtension" -> List.of("SELECT 1");
            case "RunSQL" -> {
                var text = call.literal(
                        call.has("sql")
                                ? call.words()
                                        .replaceFirst("(?s)^.*?sql\\s*=", "")
                                        .strip()
                                : call.first());
                var only = text == null && call.has("sql")
                        ? call.literal(CodeText.split(call.words().replaceFirst("(?s)^.*?sql\\s*=", ""))
                                .get(0))
                        : text;
                yield only == null ? null : List.of(only);
            }
            default -> null;
        };
    }

    private static boolean isModel(Call call) {
        return Set.of("CreateModel", "DeleteModel", "AlterModelTable", "AlterUniqueTogether", "AlterIndexTogether")
                .contains(call.name());
    }

    /** Django drops the default again, so an INSERT that leaves the column out fails unless the database has one. */
    private List<String> addField(Call call, String table, String name) {
        var words = call.words();
        if (words.contains("ManyToManyField")) {
            return List.of(sql.createTable(table + "_" + name));
        }
        var nullable = Pattern.compile("\\bnull\\s*=\\s*True").matcher(words).find();
        var keptDefault = words.contains("db_default");
        var reference = words.contains("ForeignKey(") || words.contains("OneToOneField(");
        var unique =
                Pattern.compile("\\bunique\\s*=\\s*True").matcher(words).find() || words.contains("OneToOneField(");
        var indexed = Pattern.compile("\\bdb_index\\s*=\\s*True").matcher(words).find();
        var definition = (nullable ? "" : " NOT NULL")
                + (keptDefault ? " DEFAULT 0" : "")
                + (unique ? " UNIQUE" : "")
                + (reference ? " REFERENCES other (id)" : "");
        var added = sql.addColumn(table, reference ? name + "_id" : name, "bigint", definition);
        return indexed ? List.of(added, sql.createIndex("", table, name, false, false)) : List.of(added);
    }
}

package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in SQL what the changes of Liquibase do. What it does not know is told as unread. */
final class LiquibaseChanges {

    /** They change nothing in the database. */
    private static final Set<String> NOTHING = Set.of(
            "preConditions",
            "rollback",
            "comment",
            "tagDatabase",
            "property",
            "validCheckSum",
            "output",
            "setTableRemarks",
            "setColumnRemarks",
            "empty",
            "modifySql",
            "id",
            "author",
            "runInTransaction",
            "dbms",
            "context",
            "labels",
            "runOnChange",
            "runAlways",
            "failOnError",
            "logicalFilePath",
            "objectQuotingStrategy",
            "created",
            "ignore");

    private final Sql sql;
    private final Dialect dialect;
    private final List<Piece> pieces = new ArrayList<>();

    LiquibaseChanges(Dialect dialect) {
        this.dialect = dialect;
        this.sql = new Sql(dialect);
    }

    List<Piece> pieces(LiquibaseTree root) {
        root.child("databaseChangeLog")
                .ifPresentOrElse(
                        this::log, () -> pieces.add(Piece.unread(1, "the file", "it is no changelog of Liquibase")));
        return pieces;
    }

    private void log(LiquibaseTree log) {
        for (var child : log.children) {
            if (child.name.equals("changeSet")) {
                changeSet(child);
            } else if (child.name.equals("include") || child.name.equals("includeAll")) {
                pieces.add(Piece.unread(
                        child.line,
                        child.name + " " + child.get("file") + child.get("path"),
                        "it brings in what is not read here"));
            } else if (!NOTHING.contains(child.name)) {
                pieces.add(Piece.unread(child.line, child.name, "no rule knows it"));
            }
        }
    }

    private void changeSet(LiquibaseTree set) {
        var dbms = set.get("dbms");
        if (!dbms.isEmpty() && !dbms.contains(dialect.word()) && !dbms.contains("all")) {
            return;
        }
        var transaction = !set.is("runInTransaction", "false");
        for (var child : set.children) {
            if (child.name.equals("changes")) {
                child.children.forEach(change -> change(change, transaction));
            } else if (!NOTHING.contains(child.name)) {
                change(child, transaction);
            }
        }
    }

    private void change(LiquibaseTree change, boolean transaction) {
        if (change.name.equals("sql")) {
            var inner = change.child("sql").map(child -> child.text.toString());
            var text = inner.orElse(change.text.length() > 0 ? change.text.toString() : change.get("sql"));
            pieces.add(Piece.sql(change.line, text, transaction));
            return;
        }
        if (NOTHING.contains(change.name)) {
            return;
        }
        var shown = change.name + " " + change.attributes;
        var statements = statements(change);
        if (statements == null) {
            pieces.add(Piece.unread(change.line, shown, "no rule knows the change " + change.name));
        } else {
            statements.forEach(text -> pieces.add(Piece.call(change.line, text, shown, transaction)));
        }
    }

    /** @return null where the change is unknown */
    private List<String> statements(LiquibaseTree change) {
        var table = change.get("tableName");
        var column = change.get("columnName");
        return switch (change.name) {
            case "createTable" -> List.of(sql.createTable(table));
            case "dropTable" -> List.of(sql.dropTable(table));
            case "renameTable" -> List.of(sql.renameTable(change.get("oldTableName"), change.get("newTableName")));
            case "addColumn" ->
                columns(change).stream().map(added -> added(table, added)).toList();
            case "dropColumn" -> dropped(change, table, column);
            case "renameColumn" ->
                List.of(sql.renameColumn(table, change.get("oldColumnName"), change.get("newColumnName")));
            case "modifyDataType" -> List.of(sql.changeType(table, column, change.get("newDataType")));
            case "addNotNullConstraint" -> notNull(change, table, column);
            case "dropNotNullConstraint" -> List.of(sql.dropNotNull(table, column));
            case "addDefaultValue", "dropDefaultValue" -> List.of(sql.setDefault(table, column));
            case "createIndex" ->
                List.of(sql.createIndex(
                        change.get("indexName"), table, columnNames(change), change.is("unique", "true"), false));
            case "dropIndex" -> List.of(sql.dropIndex(change.get("indexName"), table, false));
            case "addForeignKeyConstraint" ->
                List.of(sql.addForeignKey(
                        change.get("baseTableName"),
                        change.get("constraintName"),
                        change.get("baseColumnNames"),
                        change.get("referencedTableName"),
                        !change.is("validate", "false")));
            case "addUniqueConstraint" ->
                List.of(
                        change.get("forIndexName").isEmpty()
                                ? sql.addUnique(table, change.get("constraintName"), change.get("columnNames"))
                                : sql.addUniqueUsing(table, change.get("constraintName"), change.get("forIndexName")));
            case "addPrimaryKey" -> List.of(sql.addPrimaryKey(table, change.get("columnNames")));
            case "dropForeignKeyConstraint" ->
                List.of(sql.dropForeignKey(change.get("baseTableName"), change.get("constraintName")));
            case "dropUniqueConstraint" -> List.of(sql.dropConstraint(table, change.get("constraintName")));
            case "dropPrimaryKey" -> List.of(sql.dropPrimaryKey(table, change.get("constraintName")));
            case "createSequence" -> List.of("CREATE SEQUENCE " + sql.name(change.get("sequenceName")));
            case "dropSequence" -> List.of("DROP SEQUENCE " + sql.name(change.get("sequenceName")));
            case "dropView" -> List.of("DROP VIEW " + sql.name(change.get("viewName")));
            case "createView" -> List.of("CREATE VIEW " + sql.name(change.get("viewName")) + " AS SELECT 1");
            case "insert" -> List.of("INSERT INTO " + sql.name(table) + " (id) VALUES (1)");
            case "update" -> List.of("UPDATE " + sql.name(table) + " SET a = 1" + where(change));
            case "delete" -> List.of("DELETE FROM " + sql.name(table) + where(change));
            default -> null;
        };
    }

    private static List<LiquibaseTree> columns(LiquibaseTree change) {
        return change.child("columns").orElse(change).children.stream()
                .filter(child -> child.name.equals("column"))
                .toList();
    }

    private static String columnNames(LiquibaseTree change) {
        return columns(change).stream().map(column -> column.get("name")).collect(Collectors.joining(","));
    }

    private String added(String table, LiquibaseTree column) {
        var constraints = column.child("constraints");
        var required =
                constraints.filter(found -> found.is("nullable", "false")).isPresent();
        var computed = !column.get("defaultValueComputed").isEmpty();
        var fixed = column.attributes.keySet().stream().anyMatch(key -> key.startsWith("defaultValue"));
        var definition = (required ? " NOT NULL" : "")
                + (computed ? " DEFAULT " + column.get("defaultValueComputed") : fixed ? " DEFAULT 0" : "")
                + (constraints.filter(found -> found.is("unique", "true")).isPresent() ? " UNIQUE" : "")
                + (column.is("autoIncrement", "true") ? sql.autoIncrement() : "");
        return sql.addColumn(table, column.get("name"), column.get("type"), definition);
    }

    private List<String> dropped(LiquibaseTree change, String table, String column) {
        var names = columns(change).stream().map(child -> child.get("name")).toList();
        return (names.isEmpty() ? List.of(column) : names)
                .stream().map(name -> sql.dropColumn(table, name)).toList();
    }

    private List<String> notNull(LiquibaseTree change, String table, String column) {
        var set = sql.setNotNull(table, column, change.get("columnDataType"));
        return change.get("defaultNullValue").isEmpty()
                ? List.of(set)
                : List.of(
                        "UPDATE " + sql.name(table) + " SET " + sql.name(column) + " = 0 WHERE " + sql.name(column)
                                + " IS NULL",
                        set);
    }

    private static String where(LiquibaseTree change) {
        var where = change.child("where").map(child -> child.text.toString()).orElse(change.get("where"));
        return where.isBlank() ? "" : " WHERE id = 1";
    }
}

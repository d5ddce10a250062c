package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knex migrations: {@code up}. */
final class KnexMigration extends CodeMigration {

    private static final Pattern IDLE = Pattern.compile("(module\\.)?exports\\.up.*|export (async )?function up.*|"
            + "exports\\.config.*|import .*|.*require\\(.*|(public )?async up\\(.*|export class .*|"
            + "['\"]use strict['\"];?|(return|await)?(\\s*knex)?(\\s*\\.schema)?[\\s;(){}\\[\\],.]*");

    private static final Pattern DROPS = Pattern.compile("\\.(dropColumns?|dropTimestamps)\\(([^)]*)\\)");
    private static final Pattern RENAMES =
            Pattern.compile("\\.renameColumn\\(\\s*['\"`](\\w+)['\"`]\\s*,\\s*['\"`](\\w+)['\"`]\\s*\\)");

    KnexMigration(String text, Dialect dialect) {
        super(text, dialect);
    }

    @Override
    String comment() {
        return "//";
    }

    @Override
    boolean transaction(String code) {
        return !Pattern.compile("transaction\\s*:\\s*false").matcher(code).find();
    }

    @Override
    Pattern idle() {
        return IDLE;
    }

    @Override
    int[] up(String code) {
        return between(
                code,
                "exports\\.up\\b|function\\s+up\\b|async\\s+up\\s*\\(",
                "exports\\.down\\b|function\\s+down\\b|async\\s+down\\s*\\(");
    }

    @Override
    Set<String> known() {
        return Set.of(
                "createTable",
                "createTableIfNotExists",
                "dropTableIfExists",
                "dropTable",
                "renameTable",
                "alterTable",
                "table",
                "raw",
                "query");
    }

    @Override
    List<String> statements(Call call) {
        var table = call.at(0);
        return switch (call.name()) {
            case "createTable", "createTableIfNotExists" -> List.of(sql.createTable(table));
            case "dropTable", "dropTableIfExists" -> List.of(sql.dropTable(table));
            case "renameTable" -> List.of(sql.renameTable(table, call.at(1)));
            case "raw", "query" -> call.literal(call.first()) == null ? null : List.of(call.literal(call.first()));
            default -> altered(call, table);
        };
    }

    /** Drops and renames are said in SQL; where the function does more, that stays unread. */
    private List<String> altered(Call call, String table) {
        var statements = new ArrayList<String>();
        var rest = call.words();
        var drops = DROPS.matcher(call.words());
        while (drops.find()) {
            for (var column : drops.group(2).split(",")) {
                statements.add(sql.dropColumn(table, column.replaceAll("[\\s'\"`\\[\\]]", "")));
            }
            rest = rest.replace(drops.group(), "");
        }
        var renames = RENAMES.matcher(call.words());
        while (renames.find()) {
            statements.add(sql.renameColumn(table, renames.group(1), renames.group(2)));
            rest = rest.replace(renames.group(), "");
        }
        var more = Pattern.compile("\\.\\w+\\(").matcher(rest).find();
        if (statements.isEmpty()) {
            return null;
        }
        if (more) {
            statements.add("this part of the function is not read");
        }
        return statements;
    }
}

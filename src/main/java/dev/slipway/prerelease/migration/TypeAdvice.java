package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;

/** Types that are better not chosen. Advice only: it never makes a statement worse than a warning. */
final class TypeAdvice {

    private TypeAdvice() {}

    static List<Hit> postgres(Name table, Column column) {
        var hits = new ArrayList<Hit>();
        var type = column.type;
        if (type.is("json")) {
            hits.add(hit("prefer-jsonb", table, column));
        }
        if (type.is("char") && !type.base().startsWith("\"")) {
            hits.add(hit("prefer-text-to-char", table, column));
        }
        if (type.is("varchar") && !type.sizes().isEmpty()) {
            hits.add(hit("prefer-text", table, column));
        }
        if (type.is("timestamp")) {
            hits.add(hit("prefer-timestamptz", table, column));
        }
        if (type.is("money")) {
            hits.add(hit("prefer-numeric", table, column));
        }
        if (column.primaryKey && type.is("integer", "smallint", "serial", "smallserial")) {
            hits.add(hit("int-primary-key", table, column));
        }
        if (type.is("serial", "bigserial", "smallserial")) {
            hits.add(hit("prefer-identity", table, column));
        }
        return hits;
    }

    static List<Hit> mysql(Name table, Column column) {
        var small = column.type.is("tinyint", "smallint", "mediumint", "int");
        return column.primaryKey && column.autoIncrement && small
                ? List.of(hit("int-primary-key", table, column))
                : List.of();
    }

    private static Hit hit(String rule, Name table, Column column) {
        return Hit.of(rule, "table", table, "column", column.name, "type", column.type);
    }
}

package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the name of a type in all its spellings. */
final class TypeReader {

    private static final Map<String, String> POSTGRES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int2", "smallint"),
            Map.entry("int8", "bigint"),
            Map.entry("serial2", "smallserial"),
            Map.entry("serial4", "serial"),
            Map.entry("serial8", "bigserial"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("bool", "boolean"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("float", "double precision"),
            Map.entry("bpchar", "char"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"));

    private static final Map<String, String> MYSQL = Map.ofEntries(
            Map.entry("integer", "int"),
            Map.entry("bool", "tinyint"),
            Map.entry("boolean", "tinyint"),
            Map.entry("numeric", "decimal"),
            Map.entry("dec", "decimal"),
            Map.entry("fixed", "decimal"),
            Map.entry("real", "double"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("nvarchar", "varchar"),
            Map.entry("int1", "tinyint"),
            Map.entry("int2", "smallint"),
            Map.entry("int3", "mediumint"),
            Map.entry("int4", "int"),
            Map.entry("int8", "bigint"));

    private TypeReader() {}

    static SqlType postgres(Cursor at) {
        var quoted = at.peek().kind() == Kind.QUOTED;
        var name = at.name().plain();
        var base = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
        if (quoted) {
            base = "\"" + base + "\"";
        }
        if (base.equals("national")) {
            if (at.takeAny("CHARACTER", "CHAR") == null) {
                throw at.stuck();
            }
            base = "char";
        }
        if (base.equals("double")) {
            at.expect("PRECISION");
            base = "double precision";
        }
        base = POSTGRES.getOrDefault(base, base);
        if (base.equals("char") && at.take("VARYING")) {
            base = "varchar";
        }
        if (base.equals("bit") && at.take("VARYING")) {
            base = "varbit";
        }
        if (base.equals("interval")) {
            while (at.takeAny("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO") != null) {
                // Which fields are kept does not matter to any rule.
            }
        }
        var sizes = sizes(at);
        if (base.equals("timestamp") || base.equals("time")) {
            if (at.take("WITH", "TIME", "ZONE")) {
                base += "tz";
            } else {
                at.take("WITHOUT", "TIME", "ZONE");
            }
        }
        var array = at.take("ARRAY");
        while (at.takeSign("[")) {
            array = true;
            if (at.peek().kind() == Kind.NUMBER) {
                at.any();
            }
            at.expectSign("]");
        }
        return new SqlType(base, sizes, List.of(), array ? "[]" : "");
    }

    static SqlType mysql(Cursor at) {
        if (at.peek().kind() != Kind.WORD) {
            throw at.stuck();
        }
        var base = at.identifier();
        if (base.equals("national")) {
            base = at.identifier();
        }
        if (base.equals("long")) {
            base = "mediumtext";
            if (at.takeAny("VARCHAR", "VARBINARY") == null) {
                at.take("CHAR");
            }
        }
        if (base.equals("double")) {
            at.take("PRECISION");
        }
        base = MYSQL.getOrDefault(base, base);
        if (base.equals("char") && at.takeAny("VARYING") != null) {
            base = "varchar";
        }
        var labels = new ArrayList<String>();
        var sizes = List.<Integer>of();
        if (base.equals("enum") || base.equals("set")) {
            at.expectSign("(");
            do {
                labels.add(at.string());
            } while (at.takeSign(","));
            at.expectSign(")");
        } else {
            sizes = sizes(at);
        }
        return new SqlType(base, sizes, labels, mysqlDetail(at));
    }

    private static String mysqlDetail(Cursor at) {
        var detail = new ArrayList<String>();
        while (true) {
            if (at.take("UNSIGNED")) {
                detail.add("unsigned");
            } else if (at.takeAny("SIGNED", "ZEROFILL") != null) {
                // Neither changes how it is kept, or it is implied.
            } else if (at.take("CHARACTER", "SET") || at.take("CHARSET")) {
                detail.add("charset " + at.any().text());
            } else if (at.take("COLLATE")) {
                detail.add("collate " + at.any().text());
            } else if (at.takeAny("BINARY", "ASCII", "UNICODE") != null) {
                detail.add("binary");
            } else {
                return String.join(" ", detail);
            }
        }
    }

    private static List<Integer> sizes(Cursor at) {
        var sizes = new ArrayList<Integer>();
        if (!at.seesSign("(")) {
            return sizes;
        }
        for (var token : at.brackets()) {
            if (token.kind() == Kind.NUMBER && token.text().matches("\\d{1,9}")) {
                sizes.add(Integer.valueOf(token.text()));
            }
        }
        return sizes;
    }
}

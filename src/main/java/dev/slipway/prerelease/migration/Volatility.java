package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether PostgreSQL may compute a default once for all rows, or must compute it row by row and so write them all. */
final class Volatility {

    /** Immutable or stable by pg_proc; what is not listed counts as volatile. */
    private static final Set<String> ONCE = Set.of(
            "now",
            "transaction_timestamp",
            "statement_timestamp",
            "current_setting",
            "current_database",
            "current_schema",
            "current_user",
            "session_user",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtime",
            "localtimestamp",
            "coalesce",
            "nullif",
            "greatest",
            "least",
            "lower",
            "upper",
            "initcap",
            "concat",
            "concat_ws",
            "length",
            "md5",
            "sha256",
            "encode",
            "decode",
            "substr",
            "substring",
            "replace",
            "repeat",
            "left",
            "right",
            "trim",
            "btrim",
            "ltrim",
            "rtrim",
            "lpad",
            "rpad",
            "date_trunc",
            "date_part",
            "extract",
            "age",
            "make_date",
            "make_time",
            "make_timestamp",
            "make_timestamptz",
            "make_interval",
            "timezone",
            "to_timestamp",
            "to_date",
            "to_char",
            "to_number",
            "to_json",
            "to_jsonb",
            "json_build_object",
            "json_build_array",
            "jsonb_build_object",
            "jsonb_build_array",
            "json_object",
            "jsonb_object",
            "array_fill",
            "abs",
            "round",
            "ceil",
            "ceiling",
            "floor",
            "trunc",
            "power",
            "sqrt",
            "mod",
            "div",
            "row",
            "format",
            "string_to_array",
            "regexp_replace",
            "split_part",
            "int4range",
            "int8range",
            "numrange",
            "daterange",
            "tsrange",
            "tstzrange",
            "to_tsvector",
            "inet",
            "date",
            "point",
            "box",
            "hstore",
            "interval",
            "uuid_nil");

    private Volatility() {}

    static boolean isVolatile(List<Token> expression) {
        for (var i = 0; i + 1 < expression.size(); i++) {
            var token = expression.get(i);
            if (!token.isName() || !expression.get(i + 1).isSign("(")) {
                continue;
            }
            var before = i == 0 ? null : expression.get(i - 1);
            if (before != null && (before.isSign("::") || before.is("AS"))) {
                // A type with its length.
                continue;
            }
            if (token.is("CAST") || token.is("ARRAY") || token.is("IN") || token.is("VARYING")) {
                continue;
            }
            var name = token.text().toLowerCase(Locale.ROOT);
            var takesNothing =
                    name.equals("now") || name.equals("transaction_timestamp") || name.equals("statement_timestamp");
            if (!ONCE.contains(name) || (takesNothing && !closes(expression, i + 2))) {
                return true;
            }
        }
        return false;
    }

    private static boolean closes(List<Token> expression, int at) {
        return at < expression.size() && expression.get(at).isSign(")");
    }

    static boolean isOnce(String function) {
        return ONCE.contains(function);
    }

    /** Whether MySQL must compute the default row by row: an expression in brackets that is not a literal. */
    static boolean isExpression(List<Token> expression) {
        return !expression.isEmpty()
                && expression.get(0).isSign("(")
                && expression.stream().anyMatch(token -> token.kind() == Kind.WORD && !token.is("NULL"));
    }
}

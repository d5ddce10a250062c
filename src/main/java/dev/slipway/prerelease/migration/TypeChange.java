package dev.slipway.prerelease.migration;

import java.util.List;

/**
 * What it takes to turn one type into another. Sources: PostgreSQL, ALTER TABLE, notes on "SET DATA TYPE" and the
 * release notes of 9.1, 9.2 and 12; MySQL 8.4, "Online DDL Operations", column operations.
 */
enum TypeChange {
    /** Only the catalogue changes. */
    FREE,
    /** Only the catalogue changes where the session's time zone is UTC. */
    FREE_IN_UTC,
    /** Every row is written anew, or at least read under the lock. */
    REWRITES,
    /** Values are rounded or cut. */
    LOSES;

    private static final List<String> WHOLE_NUMBERS =
            List.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");
    private static final int LABELS_IN_ONE_BYTE = 255;

    /** Characters of four bytes that fit where the length is kept in one byte. */
    private static final int SHORT_VARCHAR = 63;

    /** @param cut whether the statement says itself how to turn values ({@code USING}) */
    static TypeChange postgres(SqlType from, SqlType to, boolean cut) {
        if (from.isArray() || to.isArray()) {
            return from.equals(to) ? FREE : REWRITES;
        }
        if (from.is("varchar", "text", "citext") && to.is("varchar", "text", "citext")) {
            return to.size() >= from.size() ? FREE : cut ? LOSES : REWRITES;
        }
        if (from.is("numeric") && to.is("numeric")) {
            if (to.sizes().isEmpty()
                    || (!from.sizes().isEmpty() && to.scale() == from.scale() && to.size() >= from.size())) {
                return FREE;
            }
            return from.sizes().isEmpty() || to.scale() < from.scale() ? LOSES : REWRITES;
        }
        if (from.base().equals(to.base())
                && from.is("timestamp", "timestamptz", "time", "timetz", "interval", "varbit")) {
            return to.size() >= from.size() ? FREE : LOSES;
        }
        if (from.is("timestamp", "timestamptz") && to.is("timestamp", "timestamptz")) {
            return FREE_IN_UTC;
        }
        if (from.is("cidr") && to.is("inet")) {
            return FREE;
        }
        return from.equals(to) ? FREE : loses(from, to) ? LOSES : REWRITES;
    }

    static TypeChange mysql(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return FREE;
        }
        if (!from.detail().equals(to.detail())) {
            return REWRITES;
        }
        if (from.is("varchar", "varbinary") && from.base().equals(to.base())) {
            var sameLengthByte = to.size() <= SHORT_VARCHAR || from.size() > SHORT_VARCHAR;
            return to.size() < from.size() ? LOSES : sameLengthByte ? FREE : REWRITES;
        }
        if (from.is("enum", "set") && from.base().equals(to.base())) {
            var kept = to.labels().size() >= from.labels().size()
                    && to.labels().subList(0, from.labels().size()).equals(from.labels());
            var sameSize =
                    from.labels().size() > LABELS_IN_ONE_BYTE == to.labels().size() > LABELS_IN_ONE_BYTE;
            return kept && sameSize ? FREE : to.labels().containsAll(from.labels()) ? REWRITES : LOSES;
        }
        if (from.is("decimal") && to.is("decimal") && to.scale() < from.scale()) {
            return LOSES;
        }
        if (WHOLE_NUMBERS.contains(from.base()) && from.base().equals(to.base())) {
            // The number in int(11) is how wide it is shown.
            return FREE;
        }
        return loses(from, to) ? LOSES : REWRITES;
    }

    private static boolean loses(SqlType from, SqlType to) {
        var fromFraction = from.is("numeric", "decimal", "real", "float", "double", "double precision");
        var fromMoment = from.is("timestamp", "timestamptz", "datetime");
        var narrower = WHOLE_NUMBERS.contains(from.base())
                && WHOLE_NUMBERS.contains(to.base())
                && WHOLE_NUMBERS.indexOf(to.base()) < WHOLE_NUMBERS.indexOf(from.base())
                && !(from.is("integer") && to.is("int"));
        return narrower
                || (fromFraction && WHOLE_NUMBERS.contains(to.base()))
                || (from.is("double", "double precision") && to.is("real", "float"))
                || (fromMoment && to.is("date", "time", "year"))
                || (from.is("text", "mediumtext", "longtext", "varchar")
                        && to.is("varchar", "char", "tinytext")
                        && to.size() < from.size());
    }
}

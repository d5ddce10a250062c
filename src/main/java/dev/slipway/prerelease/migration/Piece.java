package dev.slipway.prerelease.migration;

/**
 * A part of a migration file.
 *
 * @param line        where it begins; 1 for the first line of the file
 * @param sql         what is run; empty where it could not be read
 * @param shown       what stands in the file where that is not SQL, else null
 * @param transaction whether the tool runs it inside a transaction
 * @param unread      why it could not be read, else null
 */
record Piece(int line, String sql, String shown, boolean transaction, String unread) {

    static Piece sql(int line, String sql, boolean transaction) {
        return new Piece(line, sql, null, transaction, null);
    }

    static Piece call(int line, String sql, String shown, boolean transaction) {
        return new Piece(line, sql, shown, transaction, null);
    }

    static Piece unread(int line, String shown, String why) {
        return new Piece(line, "", shown, false, why);
    }
}

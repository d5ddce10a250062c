package dev.slipway.prerelease.migration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose SQL it is. */
public enum Dialect {
    POSTGRESQL("postgresql", "14"),
    MYSQL("mysql", "8.0");

    private final String word;
    private final String usualVersion;

    Dialect(String word, String usualVersion) {
        this.word = word;
        this.usualVersion = usualVersion;
    }

    /** @return as it is written in service files and on the command line */
    public String word() {
        return word;
    }

    /** @return the version that is assumed where none is given */
    public ServerVersion usualVersion() {
        return ServerVersion.of(usualVersion);
    }

    /**
     * @param word in any case; {@code postgres} and {@code pg} stand for {@code postgresql}
     * @return empty where it is unknown
     */
    public static Optional<Dialect> of(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var meant = lower.equals("postgres") || lower.equals("pg") ? "postgresql" : lower;
        return Arrays.stream(values())
                .filter(dialect -> dialect.word.equals(meant))
                .findFirst();
    }

    boolean isMysql() {
        return this == MYSQL;
    }
}

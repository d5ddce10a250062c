package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;

/** What a statement says about one column. Filled by its reader, then only read. */
final class Column {

    final String name;
    SqlType type;
    boolean notNull;
    List<Token> defaultTokens = List.of();
    boolean primaryKey;
    boolean unique;
    boolean check;
    Name references;
    boolean storedGenerated;
    boolean virtualGenerated;
    boolean identity;
    boolean autoIncrement;
    boolean placed;
    final List<String> constraintNames = new ArrayList<>();

    Column(String name) {
        this.name = name;
    }

    boolean hasDefault() {
        return !defaultTokens.isEmpty();
    }

    boolean defaultsToNull() {
        return defaultTokens.size() == 1 && defaultTokens.get(0).is("NULL");
    }

    /** Whether an INSERT that does not know the column must fail. */
    boolean isRequired() {
        return (notNull || primaryKey)
                && (!hasDefault() || defaultsToNull())
                && !storedGenerated
                && !virtualGenerated
                && !identity
                && !autoIncrement
                && !type.is("serial", "bigserial", "smallserial");
    }
}

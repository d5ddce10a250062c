package dev.slipway.prerelease.migration;

import java.util.List;

/**
 * A constraint of a table.
 *
 * @param kind       what it demands
 * @param name       empty where it has none of its own
 * @param words      what is in its brackets
 * @param references the other table of a foreign key, else null
 * @param usingIndex the index that it takes over, else null
 * @param notValid   whether rows that are there already are not looked at
 */
record Constraint(Kind kind, String name, List<Token> words, Name references, Name usingIndex, boolean notValid) {

    enum Kind {
        CHECK,
        UNIQUE,
        PRIMARY_KEY,
        FOREIGN_KEY,
        EXCLUDE,
        NOT_NULL,
        INDEX
    }

    /** @return the column, where the check is {@code column IS NOT NULL} and no more; else null */
    String notNullColumn() {
        if (kind == Kind.NOT_NULL) {
            return words.get(0).text();
        }
        var plain = words;
        while (plain.size() > 2
                && plain.get(0).isSign("(")
                && plain.get(plain.size() - 1).isSign(")")) {
            plain = plain.subList(1, plain.size() - 1);
        }
        var is = kind == Kind.CHECK
                && plain.size() == 4
                && plain.get(0).isName()
                && plain.get(1).is("IS")
                && plain.get(2).is("NOT")
                && plain.get(3).is("NULL");
        return is ? plain.get(0).text() : null;
    }

    String columns() {
        var text = new StringBuilder();
        for (var word : words) {
            text.append(word.isSign(",") ? ", " : word.text());
        }
        return text.toString();
    }
}

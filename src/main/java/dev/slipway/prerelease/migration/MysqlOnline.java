package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a statement says itself about how it is to run: ALGORITHM and LOCK. */
final class MysqlOnline {

    /** The server decides how these run, so a statement that allows only online ways runs online or is refused. */
    private static final Set<String> ONLINE_OR_REFUSED = Set.of(
            "change-type",
            "add-foreign-key",
            "add-check-constraint",
            "add-auto-increment-column",
            "copies-table",
            "add-stored-generated-column",
            "add-column-expression-default",
            "create-special-index",
            "drop-primary-key",
            "convert-charset",
            "change-engine",
            "partition-rebuild");

    private static final Set<String> ASKS_FOR_CLAUSE = Set.of("create-index", "rebuilds-online");

    private String algorithm = "DEFAULT";
    private String lock = "DEFAULT";

    boolean take(Cursor at) {
        if (at.take("ALGORITHM")) {
            at.takeSign("=");
            algorithm = at.identifier().toUpperCase(Locale.ROOT);
        } else if (at.take("LOCK")) {
            at.takeSign("=");
            lock = at.identifier().toUpperCase(Locale.ROOT);
        } else {
            return false;
        }
        if (!Set.of("DEFAULT", "INSTANT", "INPLACE", "COPY", "NOCOPY").contains(algorithm)
                || !Set.of("DEFAULT", "NONE", "SHARED", "EXCLUSIVE").contains(lock)) {
            throw at.stuck();
        }
        return true;
    }

    /** @return the hits, graver or milder for what the statement allows */
    List<Hit> apply(List<Hit> hits, Name table) {
        var applied = new ArrayList<Hit>();
        // Dropped and added in one statement the key needs a rebuild and no copy.
        var keyReplaced = hits.stream().anyMatch(hit -> hit.rule().equals("add-primary-key"));
        for (var hit : hits) {
            if (keyReplaced && hit.rule().equals("drop-primary-key")) {
                continue;
            }
            if (!isOnlineOnly() || !(ONLINE_OR_REFUSED.contains(hit.rule()) || ASKS_FOR_CLAUSE.contains(hit.rule()))) {
                applied.add(hit);
            } else if (ONLINE_OR_REFUSED.contains(hit.rule())) {
                applied.add(Hit.of("online-or-refused", "table", table, "what", hit.rule()));
            }
        }
        if (algorithm.equals("COPY") || lock.equals("SHARED") || lock.equals("EXCLUSIVE")) {
            applied.add(Hit.of(
                    "asks-for-lock",
                    "table",
                    table,
                    "what",
                    algorithm.equals("COPY") ? "ALGORITHM=COPY" : "LOCK=" + lock));
        }
        return applied;
    }

    private boolean isOnlineOnly() {
        return algorithm.equals("INSTANT") || lock.equals("NONE");
    }
}

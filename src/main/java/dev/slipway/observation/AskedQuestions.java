package dev.slipway.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Questions that were asked, with their answers or the promise of them: the latest few, and not for long. */
final class AskedQuestions {

    /**
     * A question to a source.
     *
     * @param source its name
     * @param query  what
     * @param at     as of when
     */
    record Question(String source, MetricQuery query, Instant at) {}

    private record Asked(CompletableFuture<Reading> answer, Instant when) {}

    /** Threads that read the clock at the same time come here in any order. */
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(1);

    private final int most;
    private final Duration kept;
    private final Map<Question, Asked> asked = new LinkedHashMap<>();
    private Instant latest = Instant.MIN;

    /**
     * @param most how many are kept; above 0
     * @param kept for how long they may be shared
     */
    AskedQuestions(int most, Duration kept) {
        this.most = most;
        this.kept = kept;
    }

    /** @return null where it was not asked, or is forgotten */
    synchronized CompletableFuture<Reading> find(Question question, Instant now) {
        if (now.isBefore(latest)) {
            forgetWhereSetBack(now);
        } else {
            latest = now;
        }
        forgetBefore(now.minus(kept));
        var known = asked.get(question);
        return known == null ? null : known.answer();
    }

    synchronized void keep(Question question, CompletableFuture<Reading> answer, Instant now) {
        asked.put(question, new Asked(answer, now));
        if (asked.size() > most) {
            var eldest = asked.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** A clock that was set back comes to the same instants again, and they are others. */
    private void forgetWhereSetBack(Instant now) {
        if (now.isBefore(latest.minus(OUT_OF_ORDER))) {
            asked.clear();
            latest = now;
        }
    }

    private void forgetBefore(Instant time) {
        var eldest = asked.values().iterator();
        while (eldest.hasNext() && eldest.next().when().isBefore(time)) {
            eldest.remove();
        }
    }
}

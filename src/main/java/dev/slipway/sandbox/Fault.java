package dev.slipway.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.release.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is wrong with a version, on purpose.
 *
 * @param kind      what goes wrong
 * @param intensity how much, 0 to 1
 */
record Fault(Kind kind, double intensity) {

    static final Fault NONE = new Fault(Kind.NONE, 0);

    enum Kind {
        /** That share of requests is answered 500. */
        ERRORS,
        /** Every answer takes up to a second longer. */
        LATENCY,
        /** That share of checkouts is answered 200 and lost. */
        CONVERSION,
        /** The background worker is that much too slow; at 1 it stands still. */
        QUEUE,
        NONE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Refusal.BadInput(
                            "kind",
                            "kind: %s is not a fault. Use one of %s."
                                    .formatted(
                                            word == null ? "nothing" : "\"" + word + "\"",
                                            Arrays.stream(values())
                                                    .map(Kind::word)
                                                    .collect(Collectors.joining(", ")))));
        }
    }

    /**
     * @param intensity may be null for the kind {@code none}
     * @throws Refusal.BadInput naming the field that can't be accepted
     */
    static Fault of(String kind, Double intensity) {
        var known = Kind.of(kind);
        if (known == Kind.NONE && intensity == null) {
            return NONE;
        }
        if (intensity == null) {
            throw new Refusal.BadInput(
                    "intensity", "intensity is missing. Say how much goes wrong, from 0 to 1, such as 0.3.");
        }
        // Written so that NaN is refused too.
        if (!(intensity >= 0 && intensity <= 1)) {
            throw new Refusal.BadInput(
                    "intensity", "intensity: %s is out of range. Use a number from 0 to 1.".formatted(intensity));
        }
        return known == Kind.NONE || intensity == 0 ? NONE : new Fault(known, intensity);
    }

    /** @return the intensity if this is such a fault, else 0 */
    double of(Kind asked) {
        return kind == asked ? intensity : 0;
    }
}

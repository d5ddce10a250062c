package dev.slipway.release;

import org.springframework.data.annotation.Id;

/**
 * One thing that a release changes (PRE-1).
 *
 * @param id        null until stored
 * @param kind      feature, fix or infrastructure
 * @param title     what it is, in words
 * @param reference a ticket, pull request or commit; may be null
 */
public record Change(@Id Long id, Kind kind, String title, String reference) {

    public enum Kind {
        FEATURE,
        FIX,
        INFRASTRUCTURE
    }

    public static Change of(Kind kind, String title, String reference) {
        return new Change(null, kind, title, reference);
    }
}

package dev.slipway.window;

import dev.slipway.release.Refusal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * A window that somebody asks for.
 *
 * @param start not before
 * @param end   not after; null means open ended
 */
public record WindowRequest(Instant start, Instant end) {

    /** The form's field names. */
    public static final String START = "windowStart";

    public static final String END = "windowEnd";

    /** The number of one of the windows that were proposed, in place of the two. */
    static final String SLOT = "windowSlot";

    /**
     * Reads what a form or a caller says and checks it.
     *
     * @param start ISO 8601 text, {@link Instant} or {@link Date}; required
     * @param end   the same; null or blank means open ended
     * @param zone  of a time that names none
     * @param now   a start in the minute that runs is not yet past
     * @throws Refusal.BadInput naming {@code windowStart} or {@code windowEnd} where a time can't be read, is past, or
     *                          the window ends before it begins
     */
    public static WindowRequest of(Object start, Object end, ZoneId zone, Instant now) {
        var from = time(START, start, zone);
        var to = time(END, end, zone);
        if (from == null) {
            throw new Refusal.BadInput(START, START + " is missing. Say when the window begins.");
        }
        if (from.isBefore(now.truncatedTo(ChronoUnit.MINUTES))) {
            throw new Refusal.BadInput(
                    START,
                    START + ": " + Wording.time(from, zone) + " is past; it is " + Wording.time(now, zone)
                            + " now. Choose a time to come.");
        }
        if (to != null && !to.isAfter(from)) {
            throw new Refusal.BadInput(
                    END,
                    END + ": " + Wording.time(to, zone) + " is not after the start, " + Wording.time(from, zone)
                            + ". Choose a later end, or leave it empty.");
        }
        return new WindowRequest(from, to);
    }

    private static Instant time(String field, Object value, ZoneId zone) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            return null;
        }
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Date date) {
            return date.toInstant();
        }
        var text = value.toString().trim();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException withOffset) {
            return local(field, text, zone);
        }
    }

    private static Instant local(String field, String text, ZoneId zone) {
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal.BadInput(
                    field, field + ": \"" + text + "\" is not a time. Write it such as 2030-05-21T14:00:00+02:00.");
        }
    }
}

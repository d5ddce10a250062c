package dev.slipway.release;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a release, {@code REL-} and a number. It is also the business key of every process instance of it.
 *
 * @param number 1 or more
 */
public record ReleaseId(long number) {

    private static final Pattern FORM = Pattern.compile("REL-([1-9][0-9]{0,17})");

    public ReleaseId {
        if (number < 1) {
            throw new IllegalArgumentException("a release number is 1 or more, not " + number);
        }
    }

    /** @return the id that {@code text} names, or nothing where it is no release id */
    public static Optional<ReleaseId> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        var match = FORM.matcher(text);
        return match.matches() ? Optional.of(new ReleaseId(Long.parseLong(match.group(1)))) : Optional.empty();
    }

    /**
     * @return the id that {@code text} names
     * @throws Refusal.NotFound where {@code text} is no release id
     */
    public static ReleaseId of(String text) {
        return parse(text).orElseThrow(() -> new Refusal.NotFound("There is no release " + text + "."));
    }

    @Override
    public String toString() {
        return "REL-" + number;
    }
}

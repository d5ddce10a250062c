package dev.slipway.rollback;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A release that could not go back.
 *
 * @param exitReason     why it left the happy path; may be null
 * @param noReturnReason why there was no way back; may be null
 * @param decision       {@code fixed} or {@code restored}
 * @param reason         what was done, in the words of who did it
 */
record RollForward(String exitReason, String noReturnReason, String decision, String reason) {

    /** The final status holds more than this, and the engine keeps at most 4,000 characters of it. */
    private static final int LONGEST = 2_000;

    String inWords() {
        var text = Stream.of(
                        exitReason,
                        "There was no way back" + (isBlank(noReturnReason) ? "" : ": " + noReturnReason),
                        "restored".equals(decision)
                                ? "The old state was restored by hand all the same"
                                : "The way was forward",
                        reason)
                .filter(part -> !isBlank(part))
                .map(RollForward::sentence)
                .collect(Collectors.joining(" "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String sentence(String text) {
        var plain = text.strip();
        return plain.matches("(?s).*[.!?…]") ? plain : plain + ".";
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}

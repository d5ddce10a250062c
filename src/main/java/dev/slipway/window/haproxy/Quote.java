package dev.slipway.window.haproxy;

/** What somebody else wrote, fit for a sentence. */
final class Quote {

    private static final int LONGEST = 200;

    private Quote() {}

    static String of(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip().replaceAll("\\.$", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}

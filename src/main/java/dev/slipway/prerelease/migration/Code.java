package dev.slipway.prerelease.migration;

/** Small questions about a text. */
final class Code {

    private Code() {}

    /** @return the line of an offset, 1 for the first */
    static int line(String text, int offset) {
        var line = 1;
        for (var i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}

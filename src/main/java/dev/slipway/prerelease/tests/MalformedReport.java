package dev.slipway.prerelease.tests;

/** A report is not in the format that it claims. */
class MalformedReport extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param line 1 for the first
     * @param why  ends a sentence
     */
    MalformedReport(int line, String why) {
        super(why);
        this.line = line;
    }

    MalformedReport(int line, String why, Throwable cause) {
        super(why, cause);
        this.line = line;
    }

    int line() {
        return line;
    }
}

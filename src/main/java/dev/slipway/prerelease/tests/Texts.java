package dev.slipway.prerelease.tests;

/** Texts from outside, fit to be shown in one line. */
final class Texts {

    private static final int LONGEST = 200;

    private Texts() {}

    /** @return at most 200 characters without line breaks and control characters */
    static String cut(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}

package dev.slipway.prerelease.dependency;

import java.util.regex.Pattern;

/** Compares versions of libraries as manifests write them: {@code ^1.2.3}, {@code >=2}, {@code v3.1.0}. */
final class Versions {

    private static final Pattern NUMBERS = Pattern.compile("(?<first>\\d{1,9})(?:\\.(?<second>\\d{1,9}))?");

    private Versions() {}

    /** @return whether the first number differs; before 1.0 the second counts as the first */
    static boolean differMuch(String before, String after) {
        return !major(before).equals(major(after));
    }

    private static String major(String version) {
        var matcher = NUMBERS.matcher(version);
        if (!matcher.find()) {
            return "";
        }
        var first = matcher.group("first");
        return first.equals("0") ? "0." + matcher.group("second") : first;
    }
}

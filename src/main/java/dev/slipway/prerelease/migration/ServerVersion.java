package dev.slipway.prerelease.migration;

import java.util.regex.Pattern;

/**
 * The version of a database server. What is left out counts as the newest: {@code 8.0} has all that 8.0.29 brought,
 * since a server that is looked after runs its line's latest patch.
 */
public record ServerVersion(int major, int minor, int patch) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,4}))?");

    /**
     * @param text such as {@code 14}, {@code 9.6}, {@code 8.0} or {@code 8.0.28}
     * @throws IllegalArgumentException where it is none of those; the message says so
     */
    public static ServerVersion of(String text) {
        var found = FORM.matcher(text.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException(text + " is not the version of a server, such as 14 or 8.0.28.");
        }
        return new ServerVersion(part(found.group(1)), part(found.group(2)), part(found.group(3)));
    }

    boolean atLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
        if (major != wantedMajor) {
            return major > wantedMajor;
        }
        if (minor != wantedMinor) {
            return minor > wantedMinor;
        }
        return patch >= wantedPatch;
    }

    boolean atLeast(int wantedMajor) {
        return major >= wantedMajor;
    }

    private static int part(String digits) {
        return digits == null ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}

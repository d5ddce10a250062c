package dev.slipway.prerelease.git;

/** How far apart two names are. */
public final class Distance {

    private static final int LONGEST = 100;

    private Distance() {}

    /** @return how many letters have to be changed, added or left out; names are compared up to 100 letters */
    public static int between(String left, String right) {
        var a = left.length() > LONGEST ? left.substring(0, LONGEST) : left;
        var b = right.length() > LONGEST ? right.substring(0, LONGEST) : right;
        var above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}

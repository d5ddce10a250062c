package dev.slipway.window.kubernetes;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many pods beside those that serve make up a weight. A Service gives every ready pod the same share, so that only
 * some weights can be reached: with 4 pods that serve, 1 more has 20 %, 2 more have 33.3 %.
 *
 * @param stable    how many pods serve
 * @param most      how many there may be beside them
 * @param tolerance by how many points a weight may be missed
 */
record CanaryShare(int stable, int most, double tolerance) {

    private static final int LISTED = 12;
    private static final double ROUNDING = 1e-9;

    /**
     * @param weight above 0 and below 100
     * @return at least 1
     * @throws Refused where no number comes close enough, naming the weights that can be reached
     */
    int podsFor(double weight) {
        var exact = stable * weight / (100 - weight);
        var below = bounded(Math.floor(exact));
        var above = bounded(Math.ceil(exact));
        var pods = distance(below, weight) <= distance(above, weight) ? below : above;
        if (stable == 0) {
            throw new Refused("No pod serves, so that there is nothing to share with.");
        }
        if (distance(pods, weight) > tolerance + ROUNDING) {
            throw new Refused("With " + stable + (stable == 1 ? " pod" : " pods") + " that serve, "
                    + percent(weight) + " can't be reached by whole pods; " + percent(of(pods))
                    + " is the nearest, and the tolerance is " + number(tolerance) + " points. There are "
                    + reachable() + " with up to " + most + " beside them. Change the weights of the steps, the number"
                    + " of pods, canaryPods or tolerance.");
        }
        return pods;
    }

    double of(int canary) {
        return 100.0 * canary / (canary + stable);
    }

    static String percent(double share) {
        return number(share) + " %";
    }

    private static String number(double number) {
        return number == Math.rint(number)
                ? String.valueOf(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number);
    }

    private int bounded(double pods) {
        return (int) Math.max(1, Math.min(most, pods));
    }

    private double distance(int pods, double weight) {
        return Math.abs(of(pods) - weight);
    }

    private String reachable() {
        var listed = IntStream.rangeClosed(1, Math.min(most, LISTED))
                .mapToObj(pods -> percent(of(pods)))
                .collect(Collectors.joining(", "));
        return most > LISTED ? listed + ", …" : listed;
    }
}

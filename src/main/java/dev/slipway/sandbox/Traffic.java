package dev.slipway.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions there are, and who gets how much. Orders are judged here, without any effect.
 *
 * @param stable    gets what the candidate does not
 * @param candidate the version that came last; null before the first deployment
 * @param weight    percentage for the candidate, 0 to 100
 */
record Traffic(String stable, String candidate, double weight) {

    /** What an order comes to. */
    sealed interface Move {
        record To(Traffic traffic, String message) implements Move {}

        record Refused(String why) implements Move {}
    }

    static Traffic allTo(String version) {
        return new Traffic(version, null, 0);
    }

    /** @return the version with most of the traffic */
    @JsonIgnore
    String serving() {
        return weight > 50 ? candidate : stable;
    }

    @JsonIgnore
    List<String> versions() {
        return candidate == null ? List.of(stable) : List.of(stable, candidate);
    }

    @JsonIgnore
    Map<String, Double> weights() {
        var weights = new LinkedHashMap<String, Double>();
        weights.put(stable, 100 - weight);
        if (candidate != null) {
            weights.put(candidate, weight);
        }
        return weights;
    }

    /** @return percentage that a version gets; 0 where there is no such version */
    double weightOf(String version) {
        return weights().getOrDefault(version, 0.0);
    }

    /** The version becomes the candidate, without traffic; a version that no longer serves makes room for it. */
    Move deploy(String version) {
        if (version.equals(serving())) {
            return new Move.Refused("%s already serves %s of the traffic. Release another version, or roll back first."
                    .formatted(version, percent(weightOf(version))));
        }
        var split = weight > 0 && weight < 100;
        if (split && !version.equals(candidate)) {
            return new Move.Refused(
                    "The traffic is split between %s and %s. Finish or roll back that release before %s is deployed."
                            .formatted(stable, candidate, version));
        }
        return new Move.To(
                new Traffic(serving(), version, 0),
                "%s is ready and gets no traffic yet; %s serves.".formatted(version, serving()));
    }

    /** @param percentage for the version, 0 to 100 */
    Move shift(String version, double percentage) {
        if (!(percentage >= 0 && percentage <= 100)) {
            return new Move.Refused("A weight of %s is out of range. Use 0 to 100.".formatted(percentage));
        }
        if (!version.equals(candidate)) {
            return new Move.Refused(
                    version.equals(stable)
                            ? "%s is the version that gets the rest of the traffic. Shift traffic to another."
                                    .formatted(version)
                            : "%s is not deployed. Deploy it before it gets traffic.".formatted(version));
        }
        return new Move.To(
                new Traffic(stable, candidate, percentage),
                "%s gets %s of the traffic, %s the rest.".formatted(version, percent(percentage), stable));
    }

    /**
     * @param version the version that is hauled back
     * @param target  the version that gets all traffic, started again where it is gone; null for the one that served
     *                before
     */
    Move rollBack(String version, String target) {
        var to = target != null ? target : version.equals(serving()) ? other(version) : serving();
        if (to == null || to.equals(version)) {
            return new Move.Refused("There is no version to go back to from %s.".formatted(version));
        }
        var next = to.equals(candidate)
                ? new Traffic(stable, candidate, 100)
                : new Traffic(to, to.equals(stable) ? candidate : versions().contains(version) ? version : null, 0);
        return new Move.To(next, "%s gets all traffic.".formatted(to));
    }

    private String other(String version) {
        return version.equals(stable) ? candidate : stable;
    }

    private static String percent(double weight) {
        return (weight == Math.rint(weight) ? Long.toString(Math.round(weight)) : Double.toString(weight)) + " %";
    }
}

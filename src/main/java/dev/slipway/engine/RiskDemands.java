package dev.slipway.engine;

import dev.slipway.release.Risk;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What the risk table demands, all rules that fit taken together: the highest risk, the most approvals, every role that
 * is named, the gentlest rollout, the longest observation, and all reasons. A column that a designer took out of the
 * table demands nothing.
 */
@InDiagrams
@Component
public class RiskDemands {

    private static final String GRADUAL = "gradual";

    /** @return LOW where no rule fits */
    public String risk(List<Map<String, Object>> demands) {
        return values(demands, "risk")
                .map(value -> Risk.valueOf(value.toString()))
                .max(Risk::compareTo)
                .orElse(Risk.LOW)
                .name();
    }

    /** @return the reasons for everything above the least, in one sentence; empty where there is none */
    public String reasons(List<Map<String, Object>> demands) {
        var reasons = values(demands, "reason")
                .map(Object::toString)
                .filter(reason -> !reason.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : Character.toUpperCase(reasons.charAt(0)) + reasons.substring(1) + ".";
    }

    /** @return how many of the release authority and the release managers must approve; 0 for nobody */
    public int requiredApprovals(List<Map<String, Object>> demands) {
        return (int) number(demands, "requiredApprovals", 0, Math::max);
    }

    /** @return Slipway's groups that each approve once besides, separated by commas; empty for none */
    public String approvingRoles(List<Map<String, Object>> demands) {
        return values(demands, "approvingRoles")
                .flatMap(roles -> Arrays.stream(roles.toString().split(",")))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .collect(Collectors.joining(","));
    }

    /** @return {@code gradual} or {@code as-defined} */
    public String rolloutStrategy(List<Map<String, Object>> demands) {
        return values(demands, "rolloutStrategy").anyMatch(GRADUAL::equals) ? GRADUAL : "as-defined";
    }

    /** @return the most traffic for the first step, above 0 to 100 percent */
    public double firstStepAtMost(List<Map<String, Object>> demands) {
        return number(demands, "firstStepAtMost", 100, Math::min);
    }

    /** @return by which the service's observation period is multiplied; 1 or more */
    public double observationFactor(List<Map<String, Object>> demands) {
        return number(demands, "observationFactor", 1, Math::max);
    }

    public boolean rehearsalNeeded(List<Map<String, Object>> demands) {
        return values(demands, "rehearsalNeeded").anyMatch(Boolean.TRUE::equals);
    }

    private static double number(
            List<Map<String, Object>> demands, String name, double least, BinaryOperator<Double> stricter) {
        return values(demands, name)
                .map(value -> ((Number) value).doubleValue())
                .reduce(least, stricter);
    }

    private static Stream<Object> values(List<Map<String, Object>> demands, String name) {
        return demands.stream().map(rule -> rule.get(name)).filter(Objects::nonNull);
    }
}

package dev.slipway.observation.scrape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** What can be done with results. */
final class Operations {

    private static final Map<String, ToDoubleFunction<Collection<Double>>> AGGREGATIONS = Map.of(
            "sum", values -> fold(values, Double::sum),
            "max", values -> fold(values, Math::max),
            "min", values -> fold(values, Math::min),
            "avg", values -> fold(values, Double::sum) / values.size());

    private Operations() {}

    static boolean isAggregation(String name) {
        return AGGREGATIONS.containsKey(name);
    }

    static Result.Vector aggregate(String name, List<String> by, Result.Vector vector) {
        var groups = new HashMap<SortedMap<String, String>, List<Double>>();
        vector.values().forEach((labels, value) -> {
            var group = new TreeMap<>(labels);
            group.keySet().retainAll(by);
            groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(value);
        });
        var aggregation = AGGREGATIONS.get(name);
        var values = new HashMap<SortedMap<String, String>, Double>();
        groups.forEach((labels, members) -> values.put(labels, aggregation.applyAsDouble(members)));
        return new Result.Vector(values);
    }

    /** Vectors are matched by all their labels; what has no partner is left out. */
    static Result calculate(DoubleBinaryOperator operator, Result left, Result right) {
        if (left instanceof Result.Scalar a && right instanceof Result.Scalar b) {
            return new Result.Scalar(operator.applyAsDouble(a.value(), b.value()));
        }
        var values = new HashMap<SortedMap<String, String>, Double>();
        if (left instanceof Result.Vector a && right instanceof Result.Vector b) {
            a.values().forEach((labels, value) -> {
                if (b.values().containsKey(labels)) {
                    values.put(labels, operator.applyAsDouble(value, b.values().get(labels)));
                }
            });
        } else if (left instanceof Result.Vector a && right instanceof Result.Scalar b) {
            a.values().forEach((labels, value) -> values.put(labels, operator.applyAsDouble(value, b.value())));
        } else if (left instanceof Result.Scalar a && right instanceof Result.Vector b) {
            b.values().forEach((labels, value) -> values.put(labels, operator.applyAsDouble(a.value(), value)));
        }
        return new Result.Vector(values);
    }

    static Result.Vector or(Result.Vector left, Result.Vector right) {
        var values = new HashMap<>(right.values());
        values.putAll(left.values());
        return new Result.Vector(values);
    }

    private static double fold(Collection<Double> values, DoubleBinaryOperator operator) {
        return values.stream().mapToDouble(Double::doubleValue).reduce(operator).orElse(Double.NaN);
    }
}

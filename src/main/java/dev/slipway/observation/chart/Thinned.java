package dev.slipway.observation.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** As many looks as can be told apart: of those that would lie on each other the extremes and the worst stay. */
final class Thinned {

    private static final int MOST = 360;
    private static final int GROUPS = 90;

    private Thinned() {}

    static List<Point> of(List<Point> points) {
        if (points.size() <= MOST) {
            return points;
        }
        var kept = new LinkedHashSet<Integer>();
        for (var i = 0; i < GROUPS; i++) {
            var from = i * points.size() / GROUPS;
            var to = (i + 1) * points.size() / GROUPS;
            keep(points, from, to, kept);
        }
        return kept.stream().sorted().map(points::get).toList();
    }

    private static void keep(List<Point> points, int from, int to, Set<Integer> kept) {
        var withValue = new ArrayList<Integer>();
        for (var i = from; i < to; i++) {
            if (points.get(i).hasValue()) {
                withValue.add(i);
            } else if (i == from || points.get(i - 1).hasValue()) {
                kept.add(i);
            }
        }
        var byValue = Comparator.comparing((Integer i) -> points.get(i).value());
        withValue.stream().min(byValue).ifPresent(kept::add);
        withValue.stream().max(byValue).ifPresent(kept::add);
        withValue.stream()
                .max(Comparator.comparing((Integer i) -> points.get(i).verdict()))
                .ifPresent(kept::add);
        // The first look of a stage says when it began, the last look what holds now.
        if (from == 0 || !points.get(from).stage().equals(points.get(from - 1).stage())) {
            kept.add(from);
        }
        for (var i = from + 1; i < to; i++) {
            if (!points.get(i).stage().equals(points.get(i - 1).stage())) {
                kept.add(i);
            }
        }
        kept.add(to - 1);
    }
}

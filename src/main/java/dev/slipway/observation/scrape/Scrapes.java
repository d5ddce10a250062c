package dev.slipway.observation.scrape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The last minutes of what one address exposed. Bounded in time and in the number of series. */
final class Scrapes {

    static final long KEPT_MILLIS = 600_000;
    private static final long FORGET_EVERY_MILLIS = 60_000;
    static final int MOST_SERIES = 5_000;

    /** A series that the latest scrape before does not know is over, like Prometheus' stale series. */
    private static final long LOOK_BACK_MILLIS = 30_000;

    private final Map<String, Map<Series, List<Point>>> byName = new HashMap<>();
    private final NavigableMap<Long, Integer> scrapes = new TreeMap<>();
    private int series;

    /** @throws IllegalArgumentException where there are too many series to keep */
    synchronized void add(long at, Map<Series, Double> values) {
        if (values.size() > MOST_SERIES) {
            throw new IllegalArgumentException(
                    "it exposes " + values.size() + " series, more than " + MOST_SERIES + "; use a Prometheus server");
        }
        if (!scrapes.isEmpty() && scrapes.lastKey() >= at) {
            return;
        }
        if (!scrapes.isEmpty() && scrapes.firstKey() < at - KEPT_MILLIS - FORGET_EVERY_MILLIS) {
            forgetBefore(at - KEPT_MILLIS);
        }
        if (series + values.size() > 2 * MOST_SERIES) {
            // Series come and go with every scrape: only the present is worth its memory.
            forgetBefore(at);
        }
        scrapes.put(at, values.size());
        values.forEach((key, value) -> byName.computeIfAbsent(key.name(), name -> new HashMap<>())
                .computeIfAbsent(key, unused -> newSeries())
                .add(new Point(at, value)));
    }

    private List<Point> newSeries() {
        series++;
        return new ArrayList<>();
    }

    private void forgetBefore(long time) {
        if (scrapes.isEmpty() || scrapes.firstKey() >= time) {
            return;
        }
        scrapes.headMap(time).clear();
        for (var named : byName.values()) {
            named.values().forEach(points -> points.removeIf(point -> point.at() < time));
            var before = named.size();
            named.values().removeIf(List::isEmpty);
            series -= before - named.size();
        }
        byName.values().removeIf(Map::isEmpty);
    }

    /** Gives every series of that name its points after {@code from}, up to and including {@code to}. */
    synchronized void range(String name, long from, long to, BiConsumer<Series, List<Point>> use) {
        byName.getOrDefault(name, Map.of()).forEach((key, points) -> {
            var inside = points.stream()
                    .filter(point -> point.at() > from && point.at() <= to)
                    .toList();
            if (!inside.isEmpty()) {
                use.accept(key, inside);
            }
        });
    }

    /** Gives every series of that name its value in the last scrape up to {@code at}. */
    synchronized void instant(String name, long at, BiConsumer<Series, Double> use) {
        var scrape = scrapes.floorKey(at);
        if (scrape == null || at - scrape > LOOK_BACK_MILLIS) {
            return;
        }
        range(
                name,
                scrape - 1,
                scrape,
                (key, points) -> use.accept(key, points.get(0).value()));
    }
}

package dev.slipway.observation.chart;

import dev.slipway.observation.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** How a metric of a release went, for tests: a look every 30 s from 09:00 in Berlin on. */
final class Course {

    static final Instant BEGIN = Instant.parse("2026-11-25T08:00:00Z");

    private final List<Point> points = new ArrayList<>();
    private Duration interval = Duration.ofSeconds(30);
    private Instant at = BEGIN;
    private String stage = "step-1";
    private String unit = "ratio";
    private String words = "error-rate is inside its limits: 0.01 ratio against 0.01 ratio.";
    private Double failAbove;
    private Double failBelow;
    private Double before;

    Course every(Duration its) {
        interval = its;
        return this;
    }

    Course in(String its) {
        stage = its;
        return this;
    }

    Course measuredIn(String its) {
        unit = its;
        return this;
    }

    Course said(String its) {
        words = its;
        return this;
    }

    Course failsAbove(double limit) {
        failAbove = limit;
        return this;
    }

    Course failsBelow(double limit) {
        failBelow = limit;
        return this;
    }

    Course before(double value) {
        before = value;
        return this;
    }

    Course warmUp(Double value, Double baseline) {
        return look(value, baseline, Verdict.PASS, true);
    }

    Course passes(Double value, Double baseline) {
        return look(value, baseline, Verdict.PASS, false);
    }

    Course isUnclear(Double value, Double baseline) {
        return look(value, baseline, Verdict.INCONCLUSIVE, false);
    }

    Course fails(Double value, Double baseline) {
        return look(value, baseline, Verdict.FAIL, false);
    }

    Course nothing() {
        return look(null, null, Verdict.INCONCLUSIVE, false);
    }

    Course pause(Duration length) {
        at = at.plus(length);
        return this;
    }

    private Course look(Double value, Double baseline, Verdict verdict, boolean warmUp) {
        points.add(new Point(at, stage, value, baseline, verdict, warmUp));
        at = at.plus(interval);
        return this;
    }

    List<Point> points() {
        return points;
    }

    Chart of(String metric) {
        var last = points.isEmpty() ? null : points.get(points.size() - 1).verdict();
        var rule = last == null
                ? null
                : switch (last) {
                    case PASS -> "inside its limits";
                    case INCONCLUSIVE -> "too few requests to say";
                    case FAIL -> "above its absolute ceiling";
                };
        return new Chart(
                metric,
                last,
                rule,
                last == null ? null : words,
                unit,
                failAbove,
                failBelow,
                before,
                ZoneId.of("Europe/Berlin"),
                points);
    }
}

package dev.slipway.observation.chart;

import dev.slipway.observation.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Draws one chart: head with the verdict in words, stages as bands, limits, baseline, and a mark for each look whose
 * shape says the verdict as well as its colour.
 */
final class SvgChart {

    static final int WIDTH = 640;
    static final int HEIGHT = 310;

    static final double LEFT = 62;
    static final double RIGHT = WIDTH - 14;
    static final double BOTTOM = 240;
    /** Where the plot begins below one line of words; each more takes a line's height from it. */
    static final double TOP = 76;

    private static final double LINE = 16;
    /** Names of stages stand here, above everything that is drawn to scale. */
    private static final double NAMES = 18;

    private static final double WIDTH_OF_A_LETTER = 6;
    private static final int LETTERS_IN_A_LINE = 98;
    private static final int MOST_LINES = 2;
    /** Marks of more looks would hide the line: only those that are no pass are drawn then. */
    private static final int MOST_MARKS = 150;
    /** A look that comes later than so many usual distances leaves a gap. */
    private static final int GAP = 4;

    private static final String INK = "#1c2733";
    private static final String FAINT = "#5b6875";
    private static final String RULE = "#dfe5ea";
    private static final String BAND = "#eef3f7";
    private static final String VALUE = "#14507a";
    private static final String BASELINE = "#76838f";
    private static final String LIMIT = "#b3261e";

    private static final String PASS = "#2e7d32";
    private static final String INCONCLUSIVE = "#c77700";
    private static final String FAIL = "#b3261e";

    private final Chart chart;
    private final List<Point> points;
    private final List<String> words;
    private final double top;
    private final Svg svg;

    private TimeScale times;
    private ValueScale values;

    SvgChart(Chart chart) {
        this.chart = chart;
        this.points = Thinned.of(chart.points());
        this.words = lines(chart.words() == null ? "" : chart.words());
        this.top = TOP + LINE * (words.size() - 1);
        this.svg = new Svg(WIDTH, HEIGHT, title(), description());
    }

    String draw() {
        svg.rectangle(0, 0, WIDTH, HEIGHT, "fill", "#ffffff");
        head();
        if (points.isEmpty()) {
            svg.rectangle(LEFT, top, RIGHT - LEFT, BOTTOM - top, "fill", "none", "stroke", RULE);
            svg.text((LEFT + RIGHT) / 2, (top + BOTTOM) / 2, "Nothing was measured yet.", middle(FAINT));
            return svg.end();
        }
        times = TimeScale.of(points, chart.zone());
        values = ValueScale.of(chart);
        stages();
        axes();
        limits();
        before();
        line(Point::baseline, "stroke", BASELINE, "stroke-width", "1.5", "stroke-dasharray", "5 3");
        line(Point::value, "stroke", VALUE, "stroke-width", "1.8", "stroke-linejoin", "round");
        looks();
        legend();
        return svg.end();
    }

    // Head

    private String title() {
        return chart.verdict() == null
                ? chart.metric() + ": nothing measured yet"
                : chart.metric() + ": " + chart.verdict() + ", " + chart.rule();
    }

    private String description() {
        var course = Sparkline.inWords(chart.points().stream().map(Point::value).toList(), chart.unit());
        return (chart.words() == null ? "" : chart.words() + " ") + course;
    }

    private void head() {
        if (chart.verdict() == null) {
            svg.text(12, 24, chart.metric(), "font-size", "16", "font-weight", "600", "fill", INK);
            return;
        }
        mark(chart.verdict(), false, 18, 19, 6);
        svg.text(32, 24, cut(title(), 70), "font-size", "16", "font-weight", "600", "fill", INK);
        for (var i = 0; i < words.size(); i++) {
            svg.text(12, 44 + LINE * i, words.get(i), "font-size", "12", "fill", FAINT);
        }
    }

    static List<String> lines(String words) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LETTERS_IN_A_LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        if (lines.size() > MOST_LINES) {
            var last = lines.get(MOST_LINES - 1);
            lines.set(MOST_LINES - 1, cut(last, LETTERS_IN_A_LINE - 2) + (last.endsWith("…") ? "" : " …"));
        }
        return lines.stream()
                .limit(MOST_LINES)
                .map(text -> cut(text, LETTERS_IN_A_LINE))
                .toList();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    // What lies below

    private void stages() {
        var shaded = true;
        for (var from = 0; from < points.size(); ) {
            var stage = points.get(from).stage();
            var next = from + 1;
            while (next < points.size() && points.get(next).stage().equals(stage)) {
                next++;
            }
            var left = from == 0 ? LEFT : x(points.get(from).at());
            var right = next == points.size() ? RIGHT : x(points.get(next).at());
            if (shaded) {
                svg.rectangle(left, top, right - left, BOTTOM - top, "fill", BAND);
            }
            if (from > 0) {
                svg.line(left, top, left, BOTTOM, "stroke", "#c3ced7");
            }
            name(stage, left, right);
            shaded = !shaded;
            from = next;
        }
    }

    private void name(String stage, double left, double right) {
        var room = (right - left - 6) / WIDTH_OF_A_LETTER;
        var number = stage.replaceFirst("^step-", "");
        var shown = stage.length() <= room ? stage : number;
        if (shown.length() <= room) {
            svg.text((left + right) / 2, top + 13, shown, middle(FAINT));
        }
    }

    private void axes() {
        for (var tick : values.ticks()) {
            svg.line(LEFT, y(tick), RIGHT, y(tick), "stroke", RULE);
            svg.text(LEFT - 8, y(tick) + 4, Numbers.of(tick), end(FAINT));
        }
        if (chart.unit() != null) {
            svg.text(LEFT - 8, top + 4, cut(chart.unit(), 9), end(FAINT));
        }
        for (var mark : times.marks()) {
            svg.line(x(mark.at()), BOTTOM, x(mark.at()), BOTTOM + 4, "stroke", FAINT);
            var fits = x(mark.at()) > LEFT + 12 && x(mark.at()) < RIGHT - 18;
            svg.text(x(mark.at()), BOTTOM + 16, mark.text(), fits ? middle(FAINT) : edge(x(mark.at())));
        }
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "stroke", FAINT);
    }

    private String[] edge(double x) {
        return x < WIDTH / 2.0 ? middle(FAINT) : new String[] {"text-anchor", "end", "fill", FAINT, "dx", "10"};
    }

    private void limits() {
        limit(chart.failAbove(), true);
        limit(chart.failBelow(), false);
    }

    private void limit(Double limit, boolean ceiling) {
        if (limit == null) {
            return;
        }
        var said = (ceiling ? "fails above " : "fails below ")
                + Numbers.of(limit)
                + (chart.unit() == null ? "" : " " + chart.unit());
        if (!values.holds(limit)) {
            var above = limit > values.highest();
            svg.text(LEFT + 4, above ? top + NAMES + 11 : BOTTOM - 5, said + (above ? " ↑" : " ↓"), onLines(LIMIT));
            return;
        }
        var at = y(limit);
        var edge = ceiling ? top + NAMES : BOTTOM;
        svg.rectangle(
                LEFT, Math.min(at, edge), RIGHT - LEFT, Math.abs(at - edge), "fill", LIMIT, "fill-opacity", "0.06");
        svg.line(LEFT, at, RIGHT, at, "stroke", LIMIT, "stroke-width", "1.3");
        // On the forbidden side, where no value should be; where that is too narrow, on the other.
        var outside = Math.abs(at - edge) > 14;
        var above = ceiling == outside;
        svg.text(LEFT + 4, above ? at - 4 : at + 13, said, onLines(LIMIT));
    }

    private void before() {
        if (chart.before() == null) {
            return;
        }
        var at = y(chart.before());
        svg.line(LEFT, at, RIGHT, at, "stroke", BASELINE, "stroke-width", "1.5", "stroke-dasharray", "2 3");
        svg.text(RIGHT - 160, at - 4, "before the release: " + Numbers.of(chart.before()), onLines(FAINT));
    }

    // What was measured

    private void line(Function<Point, Double> of, String... attributes) {
        var path = new StringBuilder();
        Point last = null;
        for (var point : points) {
            if (of.apply(point) == null) {
                last = null;
                continue;
            }
            path.append(last == null || isGap(last, point) ? "M" : "L")
                    .append(Numbers.pixels(x(point.at())))
                    .append(' ')
                    .append(Numbers.pixels(y(of.apply(point))))
                    .append(' ');
            last = point;
        }
        if (!path.isEmpty()) {
            var all = new ArrayList<>(List.of("fill", "none"));
            all.addAll(List.of(attributes));
            svg.path(path.toString().strip(), all.toArray(String[]::new));
        }
    }

    private boolean isGap(Point last, Point next) {
        return Duration.between(last.at(), next.at()).compareTo(usual().multipliedBy(GAP)) > 0;
    }

    /** @return the median time between two looks */
    private Duration usual() {
        var between = new ArrayList<Duration>();
        for (var i = 1; i < points.size(); i++) {
            between.add(Duration.between(points.get(i - 1).at(), points.get(i).at()));
        }
        between.sort(null);
        return between.isEmpty() ? Duration.ZERO : between.get(between.size() / 2);
    }

    private void looks() {
        var radius = Math.max(1.6, Math.min(4, (RIGHT - LEFT) / points.size() / 3));
        for (var point : points) {
            if (point.hasValue() && isMarked(point)) {
                mark(point.verdict(), point.warmUp(), x(point.at()), y(point.value()), radius);
            } else if (!point.hasValue()) {
                nothing(x(point.at()), BOTTOM - 6);
            }
        }
    }

    private boolean isMarked(Point point) {
        return points.size() <= MOST_MARKS || point.verdict() != Verdict.PASS;
    }

    private void nothing(double x, double y) {
        svg.path(
                "M%s %s l5 5 m0 -5 l-5 5".formatted(Numbers.pixels(x - 2.5), Numbers.pixels(y - 2.5)),
                "stroke",
                FAINT,
                "stroke-width",
                "1.4",
                "fill",
                "none");
    }

    private void mark(Verdict verdict, boolean hollow, double x, double y, double radius) {
        var colour = switch (verdict) {
            case PASS -> PASS;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case FAIL -> FAIL;
        };
        var look = new String[] {
            "fill",
            hollow ? "#ffffff" : colour,
            "stroke",
            hollow ? colour : "#ffffff",
            "stroke-width",
            hollow ? "1.4" : "0.8"
        };
        switch (verdict) {
            case PASS -> svg.circle(x, y, radius, look);
            case INCONCLUSIVE -> {
                var r = radius * 1.45;
                svg.path(
                        "M%s %s L%s %s L%s %s L%s %s Z"
                                .formatted(
                                        Numbers.pixels(x),
                                        Numbers.pixels(y - r),
                                        Numbers.pixels(x + r),
                                        Numbers.pixels(y),
                                        Numbers.pixels(x),
                                        Numbers.pixels(y + r),
                                        Numbers.pixels(x - r),
                                        Numbers.pixels(y)),
                        look);
            }
            case FAIL -> svg.rectangle(x - radius, y - radius, 2 * radius, 2 * radius, look);
        }
    }

    // Legend

    private void legend() {
        svg.text(RIGHT, BOTTOM + 32, times.caption(), end(FAINT));
        var y = HEIGHT - 18.0;
        var x = 12.0;
        svg.line(x, y, x + 20, y, "stroke", VALUE, "stroke-width", "1.8");
        x = label(x + 25, y, "new version");
        if (points.stream().map(Point::baseline).anyMatch(Objects::nonNull)) {
            svg.line(x, y, x + 20, y, "stroke", BASELINE, "stroke-width", "1.5", "stroke-dasharray", "5 3");
            x = label(x + 25, y, "serving version");
        }
        for (var verdict : Verdict.values()) {
            if (points.stream().anyMatch(point -> point.hasValue() && point.verdict() == verdict && isMarked(point))) {
                mark(verdict, false, x + 4, y, 4);
                x = label(x + 13, y, verdict.name().toLowerCase(Locale.ROOT));
            }
        }
        if (points.stream().anyMatch(point -> point.hasValue() && point.warmUp() && isMarked(point))) {
            svg.circle(x + 4, y, 4, "fill", "#ffffff", "stroke", FAINT, "stroke-width", "1.4");
            x = label(x + 13, y, "warm-up");
        }
        if (points.stream().anyMatch(point -> !point.hasValue())) {
            nothing(x + 4, y);
            label(x + 13, y, "no data");
        }
    }

    /** @return where the next entry begins */
    private double label(double x, double y, String words) {
        svg.text(x, y + 4, words, "fill", FAINT);
        return x + words.length() * WIDTH_OF_A_LETTER + 12;
    }

    // Places

    private double x(Instant at) {
        return LEFT + times.share(at) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - values.share(value) * (BOTTOM - top - NAMES);
    }

    /** Text that stays readable where it lies on lines. */
    private static String[] onLines(String colour) {
        return new String[] {
            "fill",
            colour,
            "stroke",
            "#ffffff",
            "stroke-width",
            "3",
            "stroke-linejoin",
            "round",
            "paint-order",
            "stroke"
        };
    }

    private static String[] middle(String colour) {
        return new String[] {"text-anchor", "middle", "fill", colour};
    }

    private static String[] end(String colour) {
        return new String[] {"text-anchor", "end", "fill", colour};
    }
}

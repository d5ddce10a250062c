package dev.slipway.observation.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class SvgChartTest {

    /** Half a pixel: coordinates are rounded to a tenth. */
    private static final double NEAR = 0.5;

    private static final double NAMES = 18;
    private static final String VALUE = "#14507a";
    private static final String BASELINE = "#76838f";
    private static final String LIMIT = "#b3261e";

    @Test
    void values_lie_where_they_belong() {
        var chart = drawn(new Course()
                .failsAbove(0.1)
                .passes(0.0, null)
                .passes(0.05, null)
                .passes(0.1, null));

        var looks = chart.all("circle").stream()
                .filter(circle -> number(circle, "cx") >= SvgChart.LEFT && number(circle, "cy") <= SvgChart.BOTTOM)
                .toList();
        assertThat(looks).hasSize(3);
        var middle = (SvgChart.LEFT + SvgChart.RIGHT) / 2;
        var top = SvgChart.TOP + NAMES;
        assertThat(number(looks.get(0), "cx")).isCloseTo(SvgChart.LEFT, within());
        assertThat(number(looks.get(0), "cy")).isCloseTo(SvgChart.BOTTOM, within());
        assertThat(number(looks.get(1), "cx")).isCloseTo(middle, within());
        // The axis ends at a round number at or above the highest value.
        var scale = ValueScale.of(
                new Course().failsAbove(0.1).passes(0.0, null).passes(0.1, null).of("x"));
        assertThat(number(looks.get(2), "cy"))
                .isCloseTo(SvgChart.BOTTOM - 0.1 / scale.highest() * (SvgChart.BOTTOM - top), within());
        assertThat(chart.path(VALUE))
                .startsWith("M%s %s L"
                        .formatted(looks.get(0).getAttribute("cx"), looks.get(0).getAttribute("cy")));
    }

    @Test
    void a_limit_is_a_line_at_its_value_and_says_so() {
        var chart = drawn(new Course().failsAbove(0.02).passes(0.01, null).passes(0.02, null));

        var limit = chart.all("line").stream()
                .filter(line -> line.getAttribute("stroke").equals(LIMIT))
                .toList();
        assertThat(limit).hasSize(1);
        assertThat(number(limit.get(0), "y1")).isEqualTo(number(limit.get(0), "y2"));
        var atTheLimit = chart.all("circle").stream()
                .filter(circle -> Math.abs(number(circle, "cx") - SvgChart.RIGHT) < NEAR)
                .toList();
        assertThat(number(atTheLimit.get(0), "cy")).isCloseTo(number(limit.get(0), "y1"), within());
        assertThat(chart.texts()).contains("fails above 0.02 ratio");
    }

    @Test
    void a_limit_far_away_is_named_and_does_not_press_the_values_flat() {
        var chart = drawn(new Course().failsAbove(0.5).passes(0.02, 0.018).passes(0.025, 0.018));

        assertThat(chart.all("line"))
                .noneMatch(line -> line.getAttribute("stroke").equals(LIMIT));
        assertThat(chart.texts()).contains("fails above 0.5 ratio ↑");
    }

    @Test
    void verdicts_are_told_apart_by_their_shape() {
        var chart = drawn(new Course().passes(1.0, null).isUnclear(2.0, null).fails(3.0, null));

        assertThat(marks(chart.all("circle"), "cx")).hasSize(1);
        assertThat(marks(chart.all("rect"), "x").stream()
                        .filter(square -> number(square, "width") < 20)
                        .toList())
                .hasSize(1);
        assertThat(chart.all("path").stream()
                        .filter(path -> path.getAttribute("d").endsWith("Z"))
                        .toList())
                .as("one in the plot, one in the legend")
                .hasSize(2);
        assertThat(chart.texts()).contains("pass", "inconclusive", "fail");
    }

    @Test
    void missing_data_leaves_a_gap_and_a_cross() {
        var chart = drawn(new Course()
                .passes(1.0, 1.0)
                .passes(1.0, 1.0)
                .nothing()
                .passes(1.0, 1.0)
                .passes(1.0, 1.0));

        assertThat(chart.path(VALUE).chars().filter(c -> c == 'M')).hasSize(2);
        assertThat(chart.path(BASELINE).chars().filter(c -> c == 'M')).hasSize(2);
        assertThat(chart.texts()).contains("no data");
    }

    @Test
    void looks_that_were_not_taken_leave_a_gap_too() {
        var chart = drawn(new Course()
                .passes(1.0, null)
                .passes(1.0, null)
                .passes(1.0, null)
                .pause(Duration.ofMinutes(5))
                .passes(1.0, null)
                .passes(1.0, null));

        assertThat(chart.path(VALUE).chars().filter(c -> c == 'M')).hasSize(2);
        assertThat(chart.texts()).doesNotContain("no data");
    }

    @Test
    void warm_up_is_hollow() {
        var chart = drawn(new Course().warmUp(1.0, null).passes(2.0, null));

        assertThat(marks(chart.all("circle"), "cx"))
                .extracting(circle -> circle.getAttribute("fill"))
                .containsExactlyInAnyOrder("#ffffff", "#2e7d32");
        assertThat(chart.texts()).contains("warm-up");
    }

    @Test
    void stages_are_named_in_their_bands() {
        var chart = drawn(new Course()
                .in("step-1")
                .passes(1.0, null)
                .passes(1.0, null)
                .in("step-2")
                .passes(1.0, null)
                .passes(1.0, null)
                .in("observation")
                .passes(1.0, null)
                .passes(1.0, null));

        assertThat(chart.texts()).containsSubsequence("step-1", "step-2", "observation");
        assertThat(x(chart, "step-1")).isLessThan(x(chart, "step-2"));
        assertThat(x(chart, "step-2")).isLessThan(x(chart, "observation"));
    }

    @Test
    void a_short_stage_is_known_by_its_number() {
        var course = new Course().in("step-1").passes(1.0, null).in("step-2");
        for (var i = 0; i < 20; i++) {
            course.passes(1.0, null);
        }
        assertThat(drawn(course).texts()).contains("1", "step-2").doesNotContain("step-1");
    }

    @Test
    void clock_times_are_those_of_the_service_and_say_their_zone() {
        var chart = drawn(
                new Course().every(Duration.ofMinutes(5)).passes(1.0, null).passes(1.0, null));

        assertThat(chart.texts()).contains("09:00", "09:05", "25 Nov 2026, Europe/Berlin", "ratio");
    }

    @Test
    void the_head_says_the_verdict_in_words() {
        var chart = drawn(new Course()
                .said("error-rate has no data: the source has no series.")
                .nothing());

        assertThat(chart.texts())
                .contains(
                        "error-rate: INCONCLUSIVE, too few requests to say",
                        "error-rate has no data: the source has no series.");
        assertThat(chart.only("title")).isEqualTo("error-rate: INCONCLUSIVE, too few requests to say");
    }

    @Test
    void a_value_from_before_the_release_is_a_line() {
        assertThat(drawn(new Course().before(0.94).passes(0.93, null).passes(0.95, null))
                        .texts())
                .contains("before the release: 0.94");
    }

    @Test
    void nothing_measured_is_said() {
        assertThat(drawn(new Course()).texts()).contains("Nothing was measured yet.");
    }

    @Test
    void whatever_a_service_writes_stays_text() {
        var evil = "</text><script>alert(1)</script>&\"'\u0000\uD800";
        var chart =
                drawn(new Course().measuredIn("<b>&").said(evil).passes(1.0, null), "<script>alert(2)</script>\u0001");

        assertThat(chart.all("script")).isEmpty();
        assertThat(chart.texts())
                .contains("<b>&")
                .anyMatch(text -> text.startsWith("</text><script>alert(1)</script>&\"'?"));
    }

    @Test
    void very_many_looks_make_a_picture_of_bounded_size_that_keeps_the_worst() {
        var course = new Course().every(Duration.ofSeconds(1)).failsAbove(10.0);
        for (var i = 0; i < 100_000; i++) {
            if (i == 54_321) {
                course.fails(99.0, null);
            } else {
                course.passes(i % 7.0, null);
            }
        }
        var svg = course.of("error-rate").svg();

        assertThat(svg).hasSizeLessThan(60_000);
        assertThat(marks(parsed(svg).all("rect"), "x").stream().filter(square -> number(square, "width") < 20))
                .hasSize(1);
    }

    @Test
    void extreme_values_stay_on_the_paper() {
        for (var value : List.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e12, -0.0)) {
            var chart = drawn(new Course().passes(value, -value).passes(value, 0.0));

            assertThat(chart.path(VALUE)).doesNotContain("NaN", "Infinity");
            assertThat(marks(chart.all("circle"), "cx"))
                    .allSatisfy(circle -> assertThat(number(circle, "cy")).isBetween(SvgChart.TOP, SvgChart.BOTTOM));
        }
    }

    /** To be looked at: target/charts. */
    @Test
    void a_release_that_fails_in_its_third_step() throws IOException {
        var course = new Course().failsAbove(0.05).in("step-1").warmUp(0.0, 0.004);
        for (var value : List.of(0.002, 0.008, 0.005, 0.009, 0.009, 0.006, 0.004)) {
            course.passes(value, 0.004);
        }
        course.in("step-2").warmUp(0.01, 0.005).passes(0.012, 0.006).nothing().nothing();
        for (var value : List.of(0.029, 0.027, 0.028, 0.022, 0.024)) {
            course.isUnclear(value, 0.005);
        }
        var svg = course.in("step-3")
                .fails(0.06, 0.005)
                .fails(0.071, 0.005)
                .said("error-rate is 0.071 ratio, above its absolute ceiling of 0.05 ratio.")
                .of("error-rate")
                .svg();
        Files.writeString(Files.createDirectories(Path.of("target", "charts")).resolve("error-rate.svg"), svg);

        assertThat(parsed(svg).texts()).contains("error-rate: FAIL, above its absolute ceiling");
    }

    // ---- words

    private static List<Element> marks(List<Element> shapes, String x) {
        return shapes.stream()
                .filter(shape -> number(shape, x) >= SvgChart.LEFT - 10)
                .filter(shape -> number(shape, x.equals("cx") ? "cy" : "y") <= SvgChart.BOTTOM + 10)
                .toList();
    }

    private static double x(Drawing chart, String words) {
        return chart.all("text").stream()
                .filter(text -> text.getTextContent().equals(words))
                .map(text -> number(text, "x"))
                .findFirst()
                .orElseThrow();
    }

    private static double number(Element shape, String attribute) {
        return Double.parseDouble(shape.getAttribute(attribute));
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(NEAR);
    }

    private static Drawing drawn(Course course) {
        return drawn(course, "error-rate");
    }

    private static Drawing drawn(Course course, String metric) {
        return parsed(course.of(metric).svg());
    }

    private static Drawing parsed(String svg) {
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            return new Drawing(
                    builder.parse(new InputSource(new StringReader(svg))).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(svg, e);
        }
    }

    private record Drawing(Element root) {

        List<Element> all(String kind) {
            var found = root.getElementsByTagName(kind);
            var all = new ArrayList<Element>();
            for (var i = 0; i < found.getLength(); i++) {
                all.add((Element) found.item(i));
            }
            return all;
        }

        List<String> texts() {
            return all("text").stream().map(Element::getTextContent).toList();
        }

        String only(String kind) {
            return all(kind).get(0).getTextContent();
        }

        /** @return the line of a colour */
        String path(String colour) {
            return all("path").stream()
                    .filter(path -> path.getAttribute("stroke").equals(colour))
                    .map(path -> path.getAttribute("d"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

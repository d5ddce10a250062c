package dev.slipway.observation.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are what Prometheus computes for the same points. */
class QueryTest {

    private static final long NOW = 1_000_000;

    private final Scrapes scrapes = new Scrapes();

    @Test
    void a_rate_is_extrapolated_to_its_window() {
        counter("requests", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100);

        // Eleven points a second apart; the window is open at its beginning, so ten are inside.
        assertThat(value("rate(requests[10s])")).isCloseTo(10, within(1e-9));
        assertThat(value("increase(requests[5s])")).isCloseTo(50, within(1e-9));
    }

    @Test
    void a_counter_that_begins_at_zero_is_not_extrapolated_below_it() {
        counter("requests", 0, 10);

        assertThat(value("increase(requests[10s])")).isCloseTo(10, within(1e-9));
    }

    @Test
    void a_counter_that_starts_anew_loses_nothing() {
        counter("requests", 100, 110, 5, 15);

        assertThat(value("increase(requests[4s])")).isCloseTo(25 * 3.5 / 3 * 4 / 3.5, within(1e-9));
    }

    @Test
    void a_rate_needs_two_scrapes() {
        counter("requests", 5);

        assertThat(vector("rate(requests[10s])").values()).isEmpty();
    }

    @Test
    void an_error_rate_of_one_version_is_a_ratio_of_sums() {
        var start = NOW - 4_000;
        for (var i = 0; i <= 4; i++) {
            scrape(start + i * 1_000L, """
                    http_requests_total{version="1.5.0",status="200"} %d
                    http_requests_total{version="1.5.0",status="500"} %d
                    http_requests_total{version="1.4.0",status="500"} %d
                    """.formatted(90 * i, 10 * i, 77 * i));
        }

        assertThat(value("""
                        sum(rate(http_requests_total{version="1.5.0",status=~"5.."}[10s]))
                          / sum(rate(http_requests_total{version="1.5.0"}[10s]))""")).isCloseTo(0.1, within(1e-9));
        assertThat(value("sum by (status) (http_requests_total{status!~\"5..\", version != '1.4.0'})"))
                .isEqualTo(360);
        assertThat(vector("sum(http_requests_total) by (version)").values()).hasSize(2);
    }

    @Test
    void nothing_is_zero_where_the_query_says_so() {
        scrape(NOW, "requests 3\n");

        assertThat(vector("sum(errors)").values()).isEmpty();
        assertThat(value("(sum(errors) or vector(0)) / sum(requests)")).isZero();
    }

    @Test
    void a_quantile_lies_within_its_bucket() {
        scrape(NOW, """
                # TYPE seconds histogram
                seconds_bucket{le="0.1"} 50
                seconds_bucket{le="0.5"} 90
                seconds_bucket{le="1"} 100
                seconds_bucket{le="+Inf"} 100
                """);

        assertThat(value("histogram_quantile(0.5, seconds_bucket)")).isCloseTo(0.1, within(1e-9));
        assertThat(value("histogram_quantile(0.7, sum by (le) (seconds_bucket))"))
                .isCloseTo(0.3, within(1e-9));
        assertThat(value("1000 * histogram_quantile(0.95, sum(seconds_bucket) by (le))"))
                .isCloseTo(750, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3,7",
        "(1 + 2) * 3,9",
        "-2 * 3 - 1,-7",
        "10 / 4,2.5",
        "1e3 / 2,500",
        "max(a) - min(a),2",
        "avg(a) * 2,4",
        "'a{x=\"1\"} + 1',2"
    })
    void arithmetic_follows_the_usual_precedence(String query, double expected) {
        scrape(NOW, "a{x=\"1\"} 1\na{x=\"2\"} 3\n");

        assertThat(value(query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topk(3, a)|at character 1: the function topk is not understood",
                "sum(a[5m])|at character 6: a window belongs into rate or increase",
                "rate(a)|at character 7: \"[\" is expected",
                "a > 3|at character 3: \"> 3\" is not understood",
                "sum without (x) (a)|is not understood",
                "sum(a|\")\" is expected",
                "rate(a[1w])|at character 8: a window such as [1m] is expected",
                "a{x=~\"(\"}|is not a regular expression",
                "sum(3)|series are expected",
            })
    void what_is_not_understood_is_named_with_its_position(String query, String message) {
        assertThatThrownBy(() -> Query.parse(query)).hasMessageContaining(message);
    }

    @Test
    void a_series_that_is_no_longer_exposed_is_over() {
        scrape(NOW - 1_000, "a 1\nb 1\n");
        scrape(NOW, "b 2\n");

        assertThat(vector("a").values()).isEmpty();
        assertThat(value("b")).isEqualTo(2);
    }

    @Test
    void scrapes_older_than_ten_minutes_are_forgotten() {
        for (var i = 0; i < 800; i++) {
            scrape(i * 1_000L, "a " + i + "\n");
        }
        var seen = new int[1];
        scrapes.range("a", -1, 800_000, (series, points) -> seen[0] = points.size());

        assertThat(seen[0]).isBetween(600, 662);
    }

    @Test
    void labels_may_hold_quotes_commas_and_braces() {
        scrape(NOW, "a{path=\"/x{id},\\\"y\\\"\",b=\"2\",} 7 1700000000\n");

        assertThat(value("a{path=\"/x{id},\\\"y\\\"\"}")).isEqualTo(7);
    }

    @Test
    void a_text_that_is_no_exposition_is_refused_with_its_line() {
        assertThatThrownBy(() -> Exposition.parse("a 1\n<html>\n")).hasMessageContaining("line 2");
    }

    private void counter(String name, double... values) {
        for (var i = 0; i < values.length; i++) {
            scrape(NOW - (values.length - 1 - i) * 1_000L, name + " " + values[i] + "\n");
        }
    }

    private void scrape(long at, String text) {
        scrapes.add(at, Exposition.parse(text));
    }

    private double value(String query) {
        var result = Query.parse(query).at(scrapes, NOW);
        return result instanceof Result.Scalar scalar
                ? scalar.value()
                : ((Result.Vector) result).values().values().iterator().next();
    }

    private Result.Vector vector(String query) {
        return (Result.Vector) Query.parse(query).at(scrapes, NOW);
    }
}

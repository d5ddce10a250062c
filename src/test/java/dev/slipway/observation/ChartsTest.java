package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRelease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartsTest {

    private static final ReleaseId RELEASE = new ReleaseId(42);
    private static final Instant AT = Instant.parse("2026-11-25T08:00:00Z");

    private final MeasurementTable table = mock(MeasurementTable.class);
    private final Watches watches = mock(Watches.class);
    private final Releases releases = mock(Releases.class);
    private final ServiceCatalog catalog = mock(ServiceCatalog.class);
    private final Measurements measurements = new Measurements(table);
    private final Charts charts = new Charts(measurements, releases, catalog);
    private final Verdicts verdicts = new Verdicts(watches, measurements, charts);
    private final List<Measurement> measured = new ArrayList<>();

    @BeforeEach
    void a_release_that_is_judged_by_four_metrics() {
        when(releases.get(RELEASE))
                .thenReturn(SampleRelease.of("checkout", "1.5.0").release());
        when(releases.get(new ReleaseId(43))).thenThrow(new Refusal.NotFound("There is no release REL-43."));
        when(catalog.pinned(7))
                .thenReturn(SampleService.called("checkout")
                        .with(new Windows("Europe/Berlin", List.of(), List.of()))
                        .with(
                                metric("error-rate", CompareWith.BASELINE, false),
                                metric("orders", CompareWith.BEFORE, false),
                                metric("50% of a/b", CompareWith.NONE, false),
                                metric("tried", CompareWith.NONE, true))
                        .definition());
        when(table.of(RELEASE)).thenReturn(measured);
        when(watches.find(any())).thenReturn(Optional.empty());
    }

    @Test
    void before_traffic_nothing_is_missing() {
        look("before-traffic", "error-rate", null, Verdict.INCONCLUSIVE);
        assertThat(charts.svg(RELEASE, "error-rate")).contains("Nothing was measured yet.");

        look("step-1", "error-rate", 0.01, Verdict.PASS);
        assertThat(charts.svg(RELEASE, "error-rate"))
                .contains(">step-1<", "error-rate: PASS", "fails above 0.05 ratio", "Europe/Berlin")
                .doesNotContain("before-traffic", "no data");
    }

    @Test
    void what_it_was_before_the_release_is_shown_where_it_is_compared_with_that() {
        for (var value : List.of(0.01, 0.03, 0.02)) {
            measured.add(new Measurement(
                    42,
                    Measurement.BEFORE,
                    "orders",
                    AT,
                    Sample.Kind.VALUE,
                    null,
                    value,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        look("step-1", "orders", 0.01, Verdict.PASS);

        assertThat(charts.svg(RELEASE, "orders")).contains("before the release: 0.02");
    }

    @Test
    void a_metric_that_no_address_can_hold_is_found_by_the_one_it_gets() {
        look("step-1", "50% of a/b", 0.01, Verdict.PASS);

        assertThat(Charts.path(RELEASE, "50% of a/b")).isEqualTo("/api/v1/releases/REL-42/charts/50-%20of%20a-b.svg");
        assertThat(charts.svg(RELEASE, "50- of a-b")).contains("50% of a/b: PASS");
    }

    @Test
    void what_nobody_knows_is_refused_with_what_there_is() {
        assertThatThrownBy(() -> charts.svg(RELEASE, "cpu"))
                .isInstanceOf(Refusal.NotFound.class)
                .hasMessage("REL-42 has no metric cpu. It has: error-rate, orders, 50% of a/b, tried.");
        assertThatThrownBy(() -> charts.svg(new ReleaseId(43), "cpu")).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void the_worst_is_unclear_first_and_a_metric_on_trial_never() {
        look("step-1", "error-rate", 0.04, Verdict.INCONCLUSIVE);
        look("step-1", "orders", 0.09, Verdict.FAIL);
        look("step-1", "50% of a/b", 0.01, Verdict.PASS);
        look("step-1", "tried", 0.09, Verdict.FAIL);

        assertThat(charts.unclear(RELEASE)).containsExactly("orders", "error-rate");
        assertThat(verdicts.last(RELEASE)).contains(new Verdicts.Said(Verdict.FAIL, "step-1", "orders is what it is."));
    }

    @Test
    void a_course_is_one_line_with_range_and_limit() {
        look("step-1", "error-rate", 0.01, Verdict.PASS);
        look("step-1", "error-rate", null, Verdict.INCONCLUSIVE);
        look("step-2", "error-rate", 0.04, Verdict.INCONCLUSIVE);

        assertThat(charts.courses(RELEASE, List.of("error-rate", "orders")))
                .startsWith("- error-rate: ▁·█ 0.01 to 0.04 ratio, last 0.04; at most 0.05 ratio; not worse than");
    }

    @Test
    void without_a_look_there_is_no_verdict() {
        assertThat(verdicts.last(RELEASE)).isEmpty();
        assertThat(charts.unclear(RELEASE)).isEmpty();
    }

    @Test
    void while_it_is_watched_the_watch_has_the_verdict() {
        look("step-1", "error-rate", 0.01, Verdict.PASS);
        when(watches.find(RELEASE))
                .thenReturn(Optional.of(new Watch(
                        RELEASE,
                        7,
                        "1.5.0",
                        "1.4.0",
                        null,
                        AT,
                        "step-1",
                        AT,
                        null,
                        0,
                        AT,
                        AT,
                        AT,
                        Verdict.FAIL,
                        "Errors.",
                        null)));

        assertThat(verdicts.last(RELEASE)).contains(new Verdicts.Said(Verdict.FAIL, "step-1", "Errors."));
    }

    private void look(String stage, String metric, Double value, Verdict verdict) {
        measured.add(new Measurement(
                42,
                stage,
                metric,
                AT.plusSeconds(30L * measured.size()),
                value == null ? Sample.Kind.NO_DATA : Sample.Kind.VALUE,
                value,
                0.01,
                null,
                false,
                "at most 0.05 ratio",
                verdict,
                "rule",
                metric + " is what it is.",
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private static Metric metric(String name, CompareWith compareWith, boolean dryRun) {
        return new Metric(
                name,
                MetricKind.ERROR_RATE,
                "fake",
                "errors",
                null,
                null,
                "ratio",
                WorseWhen.HIGHER,
                0.05,
                null,
                compareWith,
                null,
                null,
                true,
                1,
                false,
                dryRun,
                OnNoData.INCONCLUSIVE,
                Settings.NONE);
    }
}

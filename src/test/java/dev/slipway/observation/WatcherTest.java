package dev.slipway.observation;

import static dev.slipway.observation.Metrics.errorRate;
import static dev.slipway.observation.Metrics.latency;
import static dev.slipway.observation.Metrics.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRelease;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WatcherTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final ReleaseFlow.Event BREACH = ReleaseFlow.Event.THRESHOLD_BREACHED;

    /** A source that says what the test says, by query; nothing else. */
    private static final class FakeSource implements MetricSource {
        private final Map<String, Reading> readings = new HashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Reading read(MetricQuery query, Instant at) {
            asked.add(query.text());
            var reading = readings.getOrDefault(query.text(), new Reading.NoData("no series"));
            if (reading instanceof Reading.Broken broken && broken.why().equals("throw")) {
                throw new IllegalStateException("a faulty adapter");
            }
            return reading;
        }

        void says(String metric, String version, double value) {
            readings.put(query(metric, version), new Reading.Value(value, Instant.EPOCH));
        }

        void says(String metric, String version, Reading reading) {
            readings.put(query(metric, version), reading);
        }

        private static String query(String metric, String version) {
            return metric + "{version=\"" + version + "\"}";
        }
    }

    private static final class MovingClock extends Clock {
        /** On the grid of the service: a stage that begins now has only whole intervals. */
        private Instant now = Grid.of("checkout", INTERVAL).at(Instant.parse("2026-01-01T00:00:00Z"));

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private final MovingClock clock = new MovingClock();
    private final FakeSource source = new FakeSource();
    private final ReleaseFlow flow = mock(ReleaseFlow.class);
    private final Timeline timeline = mock(Timeline.class);
    private final Releases releases = mock(Releases.class);
    private final ServiceCatalog catalog = mock(ServiceCatalog.class);
    private final ObservationProperties properties = new ObservationProperties(
            false, Duration.ofMillis(250), 200, Duration.ofSeconds(1), 4, 50, 10_000, null, 5, Duration.ZERO, 0.05);

    private final ObservationMeters meters = new ObservationMeters();

    private static JdbcTemplate template;

    private Watches watches;
    private MeasurementTable table;
    private Sources sources;
    private LookWriter writer;
    private Looks looks;
    private Watching watching;
    private Watcher watcher;
    private StageEnd stageEnd;

    @BeforeAll
    static void migrate() {
        var dataSource = new DriverManagerDataSource("jdbc:h2:mem:watcher;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(dataSource).load().migrate();
        template = new JdbcTemplate(dataSource);
    }

    @AfterAll
    static void shutDown() {
        template.execute("shutdown");
    }

    @BeforeEach
    void build() {
        for (var each : List.of("measurement", "watch", "release", "service_definition")) {
            template.execute("delete from " + each);
        }
        watches = new Watches(template);
        table = new MeasurementTable(template);
        sources = new Sources(List.of(source), properties, meters, clock);
        looks = new Looks(
                new Definitions(catalog, clock),
                new Questions(properties),
                new Pasts(sources, properties, Runnable::run),
                properties);
        watching = new Watching(watches, releases, catalog, clock);
        var transactions = new JdbcTransactionManager(template.getDataSource());
        var charts = new Charts(new Measurements(table), releases, catalog);
        stageEnd = new StageEnd(watches, looks, sources, table, charts, timeline, properties, transactions, clock);
        writer = new LookWriter(watches, table, timeline, charts, new TransactionTemplate(transactions));
        watcher = restarted();
        when(flow.tell(any(), any(), any())).thenReturn(true);
    }

    @AfterEach
    void close() {
        sources.destroy();
        writer.destroy();
    }

    @Test
    void a_breach_is_told_once() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);

        look();
        verify(flow, never()).tell(any(), any(), any());
        look();
        look();
        look();

        verify(flow, times(1)).tell(eq(release), eq(BREACH), any());
        verify(timeline, times(1)).record(eq(release), any(), contains("above its absolute ceiling"), contains("▁"));
    }

    @Test
    void the_reason_is_told_in_words() {
        baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        look();
        look();

        verify(flow)
                .tell(
                        any(),
                        eq(BREACH),
                        eq(Map.of("exitReason", "error-rate is 0.09, above its absolute ceiling of 0.02.")));
    }

    @Test
    void a_breach_that_could_not_be_told_is_told_after_the_next_look() {
        baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        when(flow.tell(any(), any(), any()))
                .thenThrow(new IllegalStateException("busy"))
                .thenReturn(true);

        look();
        look();
        look();
        look();

        verify(flow, times(2)).tell(any(), eq(BREACH), any());
    }

    @Test
    void a_breach_that_no_token_waits_for_is_dropped() {
        baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        when(flow.tell(any(), any(), any())).thenReturn(false);

        look();
        look();
        look();

        verify(flow, times(1)).tell(any(), eq(BREACH), any());
    }

    @Test
    void a_source_that_is_down_makes_the_stage_inconclusive() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", new Reading.Broken("connection refused"));
        looks(5);

        var verdict = stageEnd.judge(release);

        assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("connection refused");
        verify(flow, never()).tell(any(), any(), any());
    }

    @Test
    void a_faulty_adapter_fails_no_release_and_no_other_look() {
        var broken = baking("1.5.0", errorRate());
        var healthy = baking("1.6.0", errorRate());
        source.says("error-rate", "1.5.0", new Reading.Broken("throw"));
        source.says("error-rate", "1.6.0", 0.001);
        looks(2);

        assertThat(measured(broken)).extracting(Measurements.Entry::rule).containsOnly("source did not answer");
        assertThat(measured(healthy)).extracting(Measurements.Entry::verdict).containsOnly(Verdict.PASS);
    }

    @Test
    void a_release_that_can_not_be_looked_at_stops_no_other() {
        var lost = baking("1.5.0", errorRate());
        var healthy = baking("1.6.0", errorRate());
        when(catalog.pinned(lost.number())).thenThrow(new IllegalStateException("gone"));
        source.says("error-rate", "1.6.0", 0.001);
        looks(2);

        assertThat(measured(lost)).isEmpty();
        assertThat(measured(healthy)).hasSize(2);
    }

    @Test
    void equal_questions_are_asked_once_a_round() {
        baking("1.5.0", errorRate(), latency());
        baking("1.5.0", errorRate(), latency());
        look();

        assertThat(source.asked)
                .containsExactlyInAnyOrder(
                        "error-rate{version=\"1.5.0\"}", "latency{version=\"1.5.0\"}", "latency{version=\"1.4.0\"}");
    }

    @Test
    void a_healthy_stage_passes_with_a_last_look_of_its_own() {
        var release = baking("1.5.0", errorRate(), latency());
        source.says("error-rate", "1.5.0", 0.001);
        source.says("latency", "1.4.0", 1.0);
        source.says("latency", "1.5.0", 1.01);
        looks(5);
        clock.pass(INTERVAL);

        assertThat(stageEnd.judge(release).verdict()).isEqualTo(Verdict.PASS);
        assertThat(measured(release)).hasSize(12);
        verify(timeline).record(eq(release), any(), contains("Verdict of step-1: PASS"), contains("| latency |"));
    }

    @Test
    void a_last_look_that_was_just_taken_is_not_taken_again() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.001);
        looks(6);

        assertThat(stageEnd.judge(release).verdict()).isEqualTo(Verdict.PASS);
        assertThat(measured(release)).hasSize(6);
    }

    @Test
    void a_verdict_of_fail_stays() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        looks(2);
        source.says("error-rate", "1.5.0", 0.0);
        looks(4);

        assertThat(stageEnd.judge(release).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void missing_data_means_nothing_before_the_first_stage() {
        var release = watched("1.5.0", errorRate());
        looks(3);

        assertThat(measured(release)).extracting(Measurements.Entry::rule).containsOnly("no traffic yet");
        assertThat(watches.find(release).orElseThrow().hasFailed()).isFalse();
    }

    @Test
    void what_served_before_stands_for_itself_when_it_has_no_traffic_any_more() {
        var release = baking("1.5.0", latency());
        source.says("latency", "1.4.0", 1.0);
        source.says("latency", "1.5.0", 1.0);
        looks(6);
        watching.beginStage(release, 1, Duration.ofSeconds(30), 1);
        source.says("latency", "1.4.0", new Reading.NoData("no traffic"));
        source.says("latency", "1.5.0", 3.0);
        looks(2);
        clock.pass(INTERVAL);

        var verdict = stageEnd.judge(release);

        assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(verdict.reason()).contains("worse than the serving version: 3 against 1");
    }

    @Test
    void values_from_before_the_release_are_read_once() {
        var release = baking("1.5.0", metric("orders", MetricKind.BUSINESS, null, CompareWith.BEFORE));
        source.says("orders", "1.4.0", 50);
        source.says("orders", "1.5.0", 50);
        looks(3);

        assertThat(source.asked.stream().filter(query -> query.contains("1.4.0")))
                .hasSize(5);
        assertThat(measured(release)).hasSize(3);
    }

    @Test
    void a_restart_goes_on_where_it_stopped() {
        baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        look();
        watcher = restarted();
        look();

        verify(flow).tell(any(), eq(BREACH), any());
    }

    @Test
    void a_stage_that_is_extended_keeps_its_looks() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.001);
        looks(6);
        watching.beginStage(release, 0, Duration.ofSeconds(60), 1);
        var watch = watches.find(release).orElseThrow();

        assertThat(watch.extensions()).isEqualTo(1);
        assertThat(watch.plannedLooks()).isEqualTo(6);
        assertThat(watch.stageBeganAt()).isBefore(watch.extendedAt());
    }

    @Test
    void looks_lie_on_the_grid_of_the_service_after_the_beginning_of_the_stage_and_at_different_times() {
        clock.pass(Duration.ofMillis(3_217));
        var release = baking("1.5.0", errorRate());
        var began = clock.instant();
        for (var passed = 0; passed < 60; passed += 3) {
            clock.pass(Duration.ofSeconds(3));
            watcher.lookNow();
        }

        var at = measured(release).stream().map(Measurements.Entry::at).toList();
        assertThat(at)
                .hasSize(6)
                .doesNotHaveDuplicates()
                .isSorted()
                .allSatisfy(time -> assertThat(time)
                        .isEqualTo(Grid.of("checkout", INTERVAL).at(time))
                        .isAfter(began));
        assertThat(at.get(5)).isEqualTo(at.get(0).plus(INTERVAL.multipliedBy(5)));
    }

    @Test
    void a_look_that_is_late_is_as_of_the_latest_instant_and_none_is_made_up_for() {
        var release = baking("1.5.0", errorRate());
        clock.pass(Duration.ofSeconds(37));
        watcher.lookNow();
        watcher.lookNow();

        assertThat(measured(release))
                .extracting(Measurements.Entry::at)
                .containsExactly(clock.instant().minusSeconds(7));
        assertThat(watches.find(release).orElseThrow().nextDue())
                .isEqualTo(clock.instant().plusSeconds(3));
    }

    @Test
    void a_stage_that_began_between_two_looks_has_as_many_to_compare_as_one_that_did_not() {
        clock.pass(Duration.ofSeconds(4));
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.001);
        for (var passed = 0; passed < 60; passed++) {
            clock.pass(Duration.ofSeconds(1));
            watcher.lookNow();
        }

        assertThat(stageEnd.judge(release).verdict()).isEqualTo(Verdict.PASS);
        assertThat(table.of(release))
                .hasSize(7)
                .filteredOn(measured -> !measured.warmUp())
                .hasSize(6);
        assertThat(stageEnd.judge(release).verdict()).isEqualTo(Verdict.PASS);
        assertThat(measured(release)).hasSize(7);
        watching.beginStage(release, 1, Duration.ofSeconds(30), 1);
        looks(1);
        assertThat(measured(release))
                .hasSize(8)
                .extracting(Measurements.Entry::at)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_release_that_failed_is_looked_at_no_more_often_than_others() {
        var release = baking("1.5.0", errorRate());
        source.says("error-rate", "1.5.0", 0.09);
        looks(2);
        source.says("error-rate", "1.5.0", 0.0);
        looks(3);
        watcher.lookNow();
        watcher.lookNow();

        assertThat(measured(release)).hasSize(5);
    }

    @Test
    void equal_questions_are_asked_once_in_different_rounds_and_as_of_one_time() {
        baking("1.5.0", errorRate());
        clock.pass(Duration.ofSeconds(2));
        baking("1.5.0", errorRate());
        clock.pass(INTERVAL);
        watches.claim(clock.instant(), clock.instant().plusMillis(5), 1);
        watcher.lookNow();
        clock.pass(Duration.ofMillis(6));
        watcher.lookNow();

        assertThat(source.asked).hasSize(1);
    }

    @Test
    void what_is_not_remembered_is_read_again_and_what_is_remembered_is_not_dropped_for_the_next() {
        var few = new ObservationProperties(
                false, Duration.ofMillis(250), 200, Duration.ofSeconds(1), 4, 50, 3, null, 5, Duration.ZERO, 0.05);
        var remembering = mock(MeasurementTable.class);
        var histories = new Histories(remembering, few);
        var first = watches.find(baking("1.5.0", errorRate())).orElseThrow();
        var second = watches.find(baking("1.6.0", errorRate())).orElseThrow();
        histories.add(first, List.of(), taken(first, 2));
        histories.add(second, List.of(), taken(second, 2));

        assertThat(histories.of(lookedAt(first))).hasSize(2);
        verify(remembering, never()).of(first.release());
        histories.of(lookedAt(second));
        verify(remembering).of(second.release());
        histories.forget(first.release());
        histories.add(second, List.of(), taken(second, 2));
        assertThat(histories.of(lookedAt(second))).hasSize(2);
    }

    @Test
    void a_claimed_release_is_nobody_elses() {
        var release = baking("1.5.0", errorRate());
        clock.pass(INTERVAL);
        var until = clock.instant().plusSeconds(3);

        assertThat(watches.claim(clock.instant(), until, 10)).hasSize(1);
        assertThat(watches.claim(clock.instant(), until, 10)).isEmpty();
        assertThat(watches.claim(release, clock.instant(), until)).isFalse();
        clock.pass(Duration.ofSeconds(4));
        assertThat(watches.claim(clock.instant(), until, 10)).hasSize(1);
    }

    @Test
    void watching_ends_with_the_row() {
        var release = baking("1.5.0", errorRate());
        watching.end(release);
        looks(2);

        assertThat(source.asked).isEmpty();
    }

    @Test
    void a_metric_of_the_old_version_without_data_has_not_recovered() {
        var release = baking("1.5.0", errorRate());
        var recovery = new Recovery(releases, catalog, sources, timeline, clock);

        assertThat(recovery.isComplete(release, null)).isFalse();
        assertThat(recovery.isComplete(release, false)).isFalse();
        source.says("error-rate", "1.4.0", 0.05);
        assertThat(recovery.isComplete(release, false)).isFalse();
        source.says("error-rate", "1.4.0", 0.001);
        assertThat(recovery.isComplete(release, false)).isTrue();

        verify(timeline, times(1)).record(eq(release), any(), contains("not inside their limits yet"), any());
        verify(timeline, times(1)).record(eq(release), any(), contains("are inside their limits"), any());
    }

    @Test
    void people_are_briefed_on_what_is_unclear_and_on_what_rolls_back() {
        var alarms = mock(FalseAlarms.class);
        when(alarms.rates("checkout"))
                .thenReturn(List.of(new FalseAlarms.Rate("checkout", FalseAlarms.Source.METRIC, "error-rate", 4, 1)));
        var release = baking("1.5.0", errorRate());
        looks(2);

        var measurements = new Measurements(table);
        var doubt = new DoubtBriefing(measurements, new Charts(measurements, releases, catalog));
        assertThat(doubt.about(release, "decide-inconclusive-step"))
                .isEqualTo("![Chart of error-rate](/api/v1/releases/" + release + "/charts/error-rate.svg)");
        assertThat(doubt.findings(release, "decide-inconclusive-step"))
                .contains("| error-rate | – | – | at most 0.02 | INCONCLUSIVE |");
        assertThat(new CriteriaBriefing(releases, catalog, alarms).about(release, "decide-go"))
                .contains("| error-rate | at most 0.02 | rolled back at once (critical) | 1 of 4 (25 %) |")
                .contains("checkout-leads");
    }

    private Watcher restarted() {
        return new Watcher(
                watches, looks, sources, new Histories(table, properties), writer, flow, properties, meters, clock);
    }

    private Looks.Taken taken(Watch watch, int measurements) {
        var one = new Measurement(
                watch.release().number(),
                "step-1",
                "m",
                clock.instant(),
                Sample.Kind.VALUE,
                1.0,
                null,
                null,
                false,
                "none",
                Verdict.PASS,
                "inside its limits",
                "m is fine.",
                null,
                null,
                null,
                null,
                null,
                null);
        return new Looks.Taken(
                clock.instant(),
                new ReleaseVerdict(Verdict.PASS, "fine", List.of()),
                Collections.nCopies(measurements, one));
    }

    private Watch lookedAt(Watch watch) {
        watches.looked(new Watches.Looked(
                watch, clock.instant(), Verdict.PASS, "fine", watch.grid().after(clock.instant())));
        return watches.find(watch.release()).orElseThrow();
    }

    private void looks(int count) {
        for (var i = 0; i < count; i++) {
            look();
        }
    }

    private void look() {
        clock.pass(INTERVAL);
        watcher.lookNow();
    }

    private ReleaseId baking(String version, Metric... metrics) {
        var release = watched(version, metrics);
        watching.beginStage(release, 0, Duration.ofSeconds(60), 1);
        return release;
    }

    private ReleaseId watched(String version, Metric... metrics) {
        var definition = Metrics.service(metrics);
        template.update(
                "insert into service_definition (service, digest, text, pinned_at) values ('checkout', ?, '', now())",
                UUID.randomUUID().toString());
        var number = template.queryForObject("select max(id) from service_definition", Long.class);
        template.update("""
                insert into release (number, service, version, title, owner, requested_by, phase, opened_at,
                    serving_version, schema_change, definition_id)
                values (?, 'checkout', ?, 't', 'o', 'r', 'RELEASE_WINDOW', now(), '1.4.0', false, ?)""", number, version, number);
        when(catalog.pinned(number)).thenReturn(definition);
        var id = new ReleaseId(number);
        when(releases.get(id)).thenReturn(release(number, definition, version));
        watching.begin(id);
        return id;
    }

    private static Release release(long number, ServiceDefinition definition, String version) {
        return SampleRelease.of(definition.service(), version)
                .numbered(number)
                .in(Phase.RELEASE_WINDOW)
                .after("1.4.0")
                .pinnedTo(number)
                .release();
    }

    private List<Measurements.Entry> measured(ReleaseId release) {
        return new Measurements(table).of(release);
    }
}

package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.slipway.observation.judge.Effect;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WatchesOnPostgresIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(15);

    private static final ReleaseVerdict PASSED = new ReleaseVerdict(Verdict.PASS, "fine", List.of());

    private static EmbeddedPostgres postgres;
    private static JdbcTemplate template;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        var dataSource = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(dataSource).load().migrate();
        template = new JdbcTemplate(dataSource);
        template.update(
                "insert into service_definition (service, digest, text, pinned_at) values ('s', 'd', '', now())");
        template.update("""
                insert into release (service, version, title, owner, requested_by, phase, opened_at, schema_change,
                    definition_id)
                select 's', '1', 't', 'o', 'r', 'RELEASE_WINDOW', now(), false, 1 from generate_series(1, 20)""");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void two_nodes_share_what_is_due_and_a_look_is_kept() {
        var watches = new Watches(template);
        for (var number = 1; number <= 10; number++) {
            watches.begin(watch(number));
            watches.beginStage(new ReleaseId(number), "step-1", NOW, NOW.plusSeconds(60), NOW);
        }
        var transaction = new TransactionTemplate(new JdbcTransactionManager(template.getDataSource()));
        var seen = new HashSet<ReleaseId>();

        var first = transaction.execute(status -> {
            var mine = watches.claim(NOW, UNTIL, 4);
            // Another node, whose transaction runs at the same time, neither waits nor gets the same.
            var others = new AtomicReference<List<Watch>>();
            var node = new Thread(() -> others.set(watches.claim(NOW, UNTIL, 100)));
            node.start();
            join(node);
            others.get().forEach(watch -> seen.add(watch.release()));
            return mine;
        });

        assertThat(first).hasSize(4);
        assertThat(seen).hasSize(6);
        first.forEach(watch -> assertThat(seen.add(watch.release())).isTrue());

        var watch = first.get(0);
        assertThat(watches.looked(new Watches.Looked(watch, NOW, Verdict.PASS, "fine", NOW.plusSeconds(10))))
                .isTrue();
        var table = new MeasurementTable(template);
        table.add(List.of(measured(watch.release().number(), "m")));
        var kept = table.of(watch.release()).get(0);
        assertThat(kept.effect()).isEqualTo(new Effect(0.01, -0.002, 0.022, false));
        assertThat(List.of(kept.events(), kept.baselineEvents(), kept.baselineSize(), kept.p()))
                .containsExactly(3.0, 2.0, 200.0, 0.4);
        watches.extendStage(watch.release(), NOW, NOW.plusSeconds(120));
        assertThat(watches.find(watch.release()).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
        watches.told(watch.release(), NOW);
        watches.end(watch.release());
        assertThat(watches.looked(new Watches.Looked(watch, NOW, Verdict.FAIL, "late", NOW)))
                .isFalse();
    }

    @Test
    void looks_are_written_together_and_neither_a_lock_nor_a_refusal_holds_up_the_others() throws Exception {
        var watches = new Watches(template);
        var table = new MeasurementTable(template);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(template.getDataSource()));
        for (var number = 11; number <= 15; number++) {
            watches.begin(watch(number));
        }
        var writer = new LookWriter(watches, table, mock(Timeline.class), mock(Charts.class), transaction);
        var metrics = Map.of(11L, "m", 12L, "m", 13L, "m".repeat(300), 14L, "m", 15L, "m");
        watches.end(new ReleaseId(15));

        // Somebody moves release 12 on, and takes the time.
        var looks = transaction.execute(status -> {
            watches.extendStage(new ReleaseId(12), NOW, NOW.plusSeconds(60));
            var written = new TreeMap<Long, CompletableFuture<Boolean>>();
            metrics.forEach((number, metric) -> written.put(
                    number,
                    writer.write(watch(number), new Looks.Taken(NOW, PASSED, List.of(measured(number, metric))))));
            assertThat(written.get(11L).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
            assertThat(written.get(14L).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
            assertThat(written.get(12L)).isNotDone();
            return written;
        });

        assertThat(looks.get(12L).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        assertThat(looks.get(15L).orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
        assertThatThrownBy(() -> looks.get(13L).orTimeout(10, TimeUnit.SECONDS).join())
                .hasMessageContaining("measurement");
        for (var number : List.of(11L, 12L, 14L)) {
            assertThat(table.of(new ReleaseId(number))).hasSize(1);
            assertThat(watches.find(new ReleaseId(number)).orElseThrow().lastLook())
                    .isEqualTo(NOW);
        }
        assertThat(table.of(new ReleaseId(13))).isEmpty();

        var again = writer.write(watch(11), new Looks.Taken(NOW, PASSED, List.of(measured(11, "m"))));
        assertThat(again.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
        assertThat(table.of(new ReleaseId(11))).hasSize(1);
        writer.destroy();
    }

    private static Measurement measured(long number, String metric) {
        return new Measurement(
                number,
                "before-traffic",
                metric,
                NOW,
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
                3.0,
                2.0,
                200.0,
                new Effect(0.01, -0.002, 0.022, false),
                0.4);
    }

    private static Watch watch(long number) {
        return new Watch(
                new ReleaseId(number),
                1,
                "1",
                null,
                Duration.ofSeconds(10),
                NOW,
                "before-traffic",
                null,
                null,
                0,
                null,
                NOW,
                null,
                null,
                null,
                null);
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

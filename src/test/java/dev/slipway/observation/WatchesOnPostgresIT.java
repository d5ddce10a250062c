package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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
                select 's', '1', 't', 'o', 'r', 'RELEASE_WINDOW', now(), false, 1 from generate_series(1, 10)""");
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
        table.add(List.of(new Measurement(
                watch.release().number(),
                "step-1",
                "m",
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
                null)));
        assertThat(table.of(watch.release())).hasSize(1);
        watches.extendStage(watch.release(), NOW, NOW.plusSeconds(120));
        assertThat(watches.find(watch.release()).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
        watches.told(watch.release(), NOW);
        watches.end(watch.release());
        assertThat(watches.looked(new Watches.Looked(watch, NOW, Verdict.FAIL, "late", NOW)))
                .isFalse();
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

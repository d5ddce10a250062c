package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On PostgreSQL a statement that fails spoils its transaction, so a duplicate must not reach the caller's. */
class DefinitionStoreOnPostgresIT {

    @Test
    void callers_that_keep_the_same_text_at_the_same_time_get_one_id_and_can_go_on() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).load().migrate();
            var transactions = new JdbcTransactionManager(database);
            var jdbc = JdbcClient.create(database);
            var store = new DefinitionStore(jdbc, transactions, Clock.systemUTC());
            var together = new CyclicBarrier(6);
            Callable<Long> keep = () -> new TransactionTemplate(transactions).execute(status -> {
                jdbc.sql("select 1").query(Integer.class).single();
                passed(together);
                var id = store.keep("shop", "service: shop");
                return jdbc.sql("select id from service_definition where id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single();
            });

            var threads = Executors.newFixedThreadPool(6);
            var ids = new HashSet<Long>();
            for (var future :
                    threads.invokeAll(IntStream.range(0, 6).mapToObj(i -> keep).toList())) {
                ids.add(future.get());
            }
            threads.shutdown();

            assertThat(ids).hasSize(1);
        }
    }

    private static void passed(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** All that is true of following, on PostgreSQL, and what becomes of orders from before. */
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@DirtiesContext
class FollowingOnPostgresIT extends OutcomeFollowerTest {

    private static EmbeddedPostgres postgres;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) throws IOException {
        postgres = EmbeddedPostgres.start();
        registry.add("spring.datasource.url", () -> postgres.getJdbcUrl("postgres", "postgres"));
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("spring.datasource.password", () -> "postgres");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void an_order_from_before_has_its_weight_where_it_is_known() throws IOException {
        try (var older = EmbeddedPostgres.start()) {
            var source = older.getPostgresDatabase();
            Flyway.configure().dataSource(source).target("11").load().migrate();
            var before = JdbcClient.create(source);
            before.sql("insert into service_definition (service, digest, text, pinned_at) values ('s', 'd', '', now())")
                    .update();
            before.sql("""
                            insert into release (service, version, title, owner, requested_by, phase, opened_at,
                                schema_change, definition_id)
                            values ('s', '1', 't', 'o', 'r', 'RELEASE_WINDOW', now(), false, 1)""").update();
            for (var key : new String[] {"REL-1:deploy", "REL-1:shift:0", "REL-1:rollback:1"}) {
                before.sql("""
                                insert into deployment_order (order_key, release_number, answer, placed_at)
                                values (?, 1, 'PENDING', now())""").param(key).update();
            }

            Flyway.configure().dataSource(source).load().migrate();

            var weights = new HashMap<String, Object>();
            before.sql("select order_key, weight from deployment_order").query(row -> {
                weights.put(row.getString("order_key"), row.getObject("weight"));
            });
            var expected = new HashMap<String, Object>(Map.of("REL-1:deploy", 0.0, "REL-1:rollback:1", 0.0));
            expected.put("REL-1:shift:0", null);
            assertThat(weights).isEqualTo(expected);
        }
    }
}

package dev.slipway.observation.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrapeSourceTest {

    private final ScrapeSource source = new ScrapeSource(Clock.systemUTC());
    private final AtomicInteger scrapes = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            var body = ("requests_total{version=\"1\"} " + 100 * scrapes.incrementAndGet() + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        source.destroy();
        server.stop(0);
    }

    @Test
    void a_value_is_read_at_once_and_a_rate_after_two_scrapes_in_the_background() {
        assertThat(read("requests_total"))
                .isInstanceOfSatisfying(
                        Reading.Value.class, value -> assertThat(value.value()).isEqualTo(100));
        assertThat(read("rate(requests_total[10s])")).isInstanceOf(Reading.NoData.class);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(read("sum(rate(requests_total{version=\"1\"}[10s]))"))
                        .isInstanceOfSatisfying(
                                Reading.Value.class,
                                value -> assertThat(value.value()).isPositive()));
    }

    @Test
    void many_questions_cause_one_scrape_a_second() {
        for (var i = 0; i < 20; i++) {
            read("requests_total");
        }

        assertThat(scrapes.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void nothing_and_a_division_by_zero_are_no_data() {
        assertThat(read("unknown")).isInstanceOf(Reading.NoData.class);
        assertThat(read("0 / 0")).isInstanceOf(Reading.NoData.class);
        assertThat(read("requests_total / 0")).isInstanceOf(Reading.NoData.class);
    }

    @Test
    void a_service_that_answers_with_an_error_is_broken() {
        status = 503;

        assertThat(read("requests_total"))
                .isInstanceOfSatisfying(
                        Reading.Broken.class, broken -> assertThat(broken.why()).contains("503"));
    }

    @Test
    void a_query_that_is_not_understood_is_broken_and_says_where() {
        assertThat(read("topk(1, requests_total)"))
                .isInstanceOfSatisfying(
                        Reading.Broken.class, broken -> assertThat(broken.why()).contains("character 1"));
    }

    @Test
    void a_definition_without_an_address_is_refused() {
        assertThat(source.problems(Settings.NONE)).singleElement().asString().startsWith("url is missing");
        assertThat(source.problems(new Settings(Map.of("url", "nowhere")))).hasSize(1);
    }

    private Reading read(String query) {
        var url = "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/metrics";
        return source.read(
                new MetricQuery(query, new Settings(Map.of("url", url))),
                Clock.systemUTC().instant());
    }
}

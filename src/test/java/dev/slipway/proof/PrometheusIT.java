package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Prometheus server and the source {@code scrape} look at the same storefront: one version without harm, one whose
 * requests fail in part, each with half of the traffic. They begin their scrapes at different moments within a second.
 */
class PrometheusIT {

    private static final String HEALTHY = "1.0.0";
    private static final String FAULTY = "1.1.0";
    private static final int LOOKS = 15;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /**
     * Relative to the value, or to half the metric's limit where that is more. Rates of ten seconds differed by 2 % at
     * most, a latency by 13 ms, an age, which is read and not averaged, by 40 ms.
     */
    private static final double TOLERANCE = 0.15;

    @TempDir
    static Path directory;

    private static AnnotationConfigApplicationContext context;
    private static Process prometheus;
    private static ServiceDefinition storefront;
    private static Settings server;
    private static Instant last;

    @ConfigurationPropertiesScan({"dev.slipway.sandbox", "dev.slipway.catalog"})
    static class Properties {}

    @BeforeAll
    static void bothScrape() throws IOException {
        var program = Programs.need("prometheus");
        Files.writeString(directory.resolve("sandbox.json"), """
                {"traffic": {"stable": "%s", "candidate": "%s", "weight": 50},
                 "faults": {"%2$s": {"kind": "errors", "intensity": 0.3}}, "orders": []}""".formatted(HEALTHY, FAULTY));
        context = sandboxAndSources();
        storefront = context.getBean(ServiceCatalog.class).find("storefront").orElseThrow();
        var metrics = URI.create(storefront.settingsOf("scrape").required("url"));
        server = start(program, metrics.getAuthority());

        var first = storefront.metrics().get(0);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> read("prometheus", first.query(), HEALTHY, Instant.now()) instanceof Reading.Value
                        && read("scrape", first.query(), HEALTHY, Instant.now()) instanceof Reading.Value);
        var settled = Instant.now().plus(WINDOW);
        await().atMost(Duration.ofMinutes(1)).until(() -> Instant.now().isAfter(settled.plusSeconds(LOOKS + 4)));
        last = settled.plusSeconds(LOOKS);
    }

    private static AnnotationConfigApplicationContext sandboxAndSources() {
        var database = new DriverManagerDataSource("jdbc:h2:mem:prometheus-proof");
        var started = new AnnotationConfigApplicationContext();
        started.getEnvironment().setActiveProfiles("sandbox");
        TestPropertyValues.of(
                        "slipway.base-url=http://localhost",
                        "slipway.sandbox.port=0",
                        "slipway.sandbox.directory=" + directory,
                        "slipway.sandbox.load.requests-per-second=100")
                .applyTo(started);
        started.register(Properties.class);
        started.registerBean(Clock.class, Clock::systemUTC);
        started.registerBean(ObjectMapper.class, () -> new ObjectMapper());
        started.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        started.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
        started.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(database));
        started.scan(
                "dev.slipway.sandbox",
                "dev.slipway.catalog",
                "dev.slipway.communication.inapp",
                "dev.slipway.observation.prometheus",
                "dev.slipway.observation.scrape");
        started.refresh();
        return started;
    }

    private static Settings start(Path program, String target) throws IOException {
        var configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: storefront
                    static_configs: [{targets: ["%s"]}]
                """.formatted(target));
        var port = freePort();
        prometheus = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new Settings(Map.of("url", "http://127.0.0.1:" + port));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor();
        }
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HEALTHY, FAULTY})
    void both_sources_read_the_same(String version) {
        for (var metric : storefront.metrics()) {
            for (var at : moments()) {
                var there = value("prometheus", metric.query(), version, at);
                var here = value("scrape", metric.query(), version, at);

                assertThat(here)
                        .as("%s of %s at %s", metric.name(), version, at)
                        .isCloseTo(there, within(TOLERANCE * Math.max(Math.abs(there), floor(metric))));
            }
        }
    }

    @Test
    void the_server_tells_of_several_times_in_one_answer_what_it_tells_of_each() {
        var query = storefront.metrics().get(0).query();

        var readings = source("prometheus")
                .range(
                        new MetricQuery(query.replace("$version", FAULTY), server),
                        moments().get(0),
                        last,
                        Duration.ofSeconds(1));

        assertThat(readings).hasSize(LOOKS);
        assertThat(readings)
                .allSatisfy(at -> assertThat(at.reading()).isEqualTo(read("prometheus", query, FAULTY, at.at())));
    }

    /** Nothing of the kind is scraped here, so the answer is that there is no data: the query is understood. */
    @Test
    void every_template_is_understood_by_its_sources() throws IOException {
        var asked = 0;
        for (var template : templates().values()) {
            for (var system : ((Map<?, ?>) template.get("systems")).values()) {
                var content = (Map<?, ?>) system;
                for (var name : List.of("prometheus", "scrape")) {
                    if (((List<?>) content.get("sources")).contains(name)) {
                        var query = content.get("query").toString().replaceAll("\\$[a-z]+", "x");
                        assertThat(read(name, query, HEALTHY, Instant.now()))
                                .as(name + ": " + query)
                                .isInstanceOf(Reading.NoData.class);
                        asked++;
                    }
                }
            }
        }
        assertThat(asked).isGreaterThan(10);
    }

    private static Map<String, Map<String, Object>> templates() throws IOException {
        try (var text = PrometheusIT.class.getResourceAsStream("/metric-templates.yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        }
    }

    /** What of a metric is as good as nothing. */
    private static double floor(Metric metric) {
        var limit = metric.failAbove() == null ? metric.failBelow() : metric.failAbove();
        return limit / 2;
    }

    @Test
    void a_faulty_version_fails_whoever_reads() {
        var there = judged("prometheus", FAULTY);
        var here = judged("scrape", FAULTY);

        assertThat(there.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(here.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(there.reason()).contains("error-rate");
        saysTheSame(here, there);
    }

    @Test
    void a_healthy_version_passes_whoever_reads() {
        var there = judged("prometheus", HEALTHY);
        var here = judged("scrape", HEALTHY);

        assertThat(there.verdict()).as(there.reason()).isEqualTo(Verdict.PASS);
        assertThat(here.verdict()).as(here.reason()).isEqualTo(Verdict.PASS);
        saysTheSame(here, there);
    }

    private static void saysTheSame(ReleaseVerdict here, ReleaseVerdict there) {
        assertThat(here.metrics()).hasSameSizeAs(there.metrics());
        for (var i = 0; i < here.metrics().size(); i++) {
            assertThat(here.metrics().get(i).verdict())
                    .as(here.metrics().get(i).words())
                    .isEqualTo(there.metrics().get(i).verdict());
            // A value close to its limit fails by the limit for one and by the comparison for the other: they do not
            // read at the same instant. A pass or a doubt has one reason only.
            if (here.metrics().get(i).verdict() != Verdict.FAIL) {
                assertThat(here.metrics().get(i).rule())
                        .isEqualTo(there.metrics().get(i).rule());
            }
        }
    }

    /** Judged against the healthy version, as at the end of a stage. */
    private static ReleaseVerdict judged(String source, String version) {
        var series = storefront.metrics().stream()
                .map(metric -> MetricSeries.of(
                        metric,
                        moments().stream()
                                .map(at -> Sample.value(
                                        value(source, metric.query(), version, at),
                                        metric.sampleQuery() == null
                                                ? null
                                                : value(source, metric.sampleQuery(), version, at),
                                        false))
                                .toList(),
                        moments().stream()
                                .map(at -> value(source, metric.query(), HEALTHY, at))
                                .toList()))
                .toList();
        return new Judge(0.05).judge(series, new Look(LOOKS, LOOKS, 0, true));
    }

    private static List<Instant> moments() {
        return IntStream.range(0, LOOKS)
                .mapToObj(i -> last.minusSeconds(LOOKS - 1 - i))
                .toList();
    }

    private static double value(String source, String query, String version, Instant at) {
        var reading = read(source, query, version, at);
        assertThat(reading).as(source + ": " + query).isInstanceOf(Reading.Value.class);
        return ((Reading.Value) reading).value();
    }

    private static Reading read(String source, String query, String version, Instant at) {
        var settings = source.equals("prometheus") ? server : storefront.settingsOf("scrape");
        return source(source).read(new MetricQuery(query.replace("$version", version), settings), at);
    }

    private static MetricSource source(String name) {
        return context.getBeansOfType(MetricSource.class).values().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.MetricVerdict;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseLink;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * A Prometheus server and the source {@code scrape} look at the same storefronts: one version without harm and four that
 * are broken, each in its way. They begin their scrapes at different moments within a second.
 */
class PrometheusIT {

    private static final String HEALTHY = "1.0.0";
    private static final String FAILING = "1.1.0";
    private static final String SLOW = "2.0.0";
    private static final String SILENT = "2.1.0";
    private static final String STUCK = "3.0.0";
    private static final String NEVER_DEPLOYED = "9.9.9";
    private static final int LOOKS = 15;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /**
     * Relative to the value, or to half the metric's limit where that is more. Rates of ten seconds differed by 2 % at
     * most, a latency by 13 ms, an age, which is read and not averaged, by 40 ms.
     */
    private static final double TOLERANCE = 0.15;

    @TempDir
    static Path directory;

    /** Storefronts that run: in each a version that serves and one that is tried, with half of the traffic each. */
    private static final Map<String, AnnotationConfigApplicationContext> PLACES = new LinkedHashMap<>();

    private static final Map<List<Object>, Reading> READ = new HashMap<>();

    private static Process prometheus;
    private static ServiceDefinition storefront;
    private static Settings server;
    private static Instant last;

    @ConfigurationPropertiesScan({"dev.slipway.sandbox", "dev.slipway.catalog"})
    static class Properties {}

    @BeforeAll
    static void bothScrape() throws IOException {
        var program = Programs.need("prometheus");
        storefronts(HEALTHY, "none", FAILING, "errors", 0.3);
        storefronts(SLOW, "latency", SILENT, "conversion", 0.6);
        storefronts(STUCK, "queue", "3.1.0", "none", 1);
        storefront = definition(HEALTHY);
        server = start(
                program,
                Stream.of(HEALTHY, SLOW, STUCK)
                        .map(version ->
                                URI.create(scraped(version).required("url")).getAuthority())
                        .toList());

        var first = storefront.metrics().get(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> PLACES.keySet().stream()
                        .allMatch(version -> Stream.of("prometheus", "scrape")
                                .allMatch(source ->
                                        read(source, first.query(), version, Instant.now()) instanceof Reading.Value)));
        var settled = Instant.now().plus(WINDOW);
        await().atMost(Duration.ofMinutes(1)).until(() -> Instant.now().isAfter(settled.plusSeconds(LOOKS + 4)));
        last = settled.plusSeconds(LOOKS);
    }

    private static void storefronts(String one, String itsFault, String other, String othersFault, double intensity)
            throws IOException {
        var place = Files.createDirectory(directory.resolve(one));
        Files.writeString(place.resolve("sandbox.json"), """
                {"traffic": {"stable": "%s", "candidate": "%s", "weight": 50},
                 "faults": {"%1$s": {"kind": "%3$s", "intensity": %5$s},
                            "%2$s": {"kind": "%4$s", "intensity": %5$s}}, "orders": []}
                """.formatted(one, other, itsFault, othersFault, intensity));
        var started = sandboxAndSources(place);
        PLACES.put(one, started);
        PLACES.put(other, started);
    }

    private static ServiceDefinition definition(String version) {
        return PLACES.getOrDefault(version, PLACES.get(HEALTHY))
                .getBean(ServiceCatalog.class)
                .find("storefront")
                .orElseThrow();
    }

    private static Settings scraped(String version) {
        return definition(version).settingsOf("scrape");
    }

    private static AnnotationConfigApplicationContext sandboxAndSources(Path place) {
        var database = new DriverManagerDataSource("jdbc:h2:mem:prometheus-proof");
        var started = new AnnotationConfigApplicationContext();
        started.getEnvironment().setActiveProfiles("sandbox");
        TestPropertyValues.of(
                        "slipway.base-url=http://localhost",
                        "slipway.sandbox.port=0",
                        "slipway.sandbox.directory=" + place,
                        "slipway.sandbox.load.requests-per-second=60")
                .applyTo(started);
        started.register(Properties.class, ReleaseLink.class);
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

    private static Settings start(Path program, List<String> targets) throws IOException {
        var configuration =
                Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: storefront
                    static_configs: [{targets: ["%s"]}]
                """.formatted(String.join("\", \"", targets)));
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
        PLACES.values().stream().distinct().forEach(AnnotationConfigApplicationContext::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {HEALTHY, FAILING, SLOW, SILENT, STUCK})
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

        var readings = source("prometheus", FAILING)
                .range(
                        new MetricQuery(query.replace("$version", FAILING), server),
                        moments().get(0),
                        last,
                        Duration.ofSeconds(1));

        assertThat(readings).hasSize(LOOKS);
        assertThat(readings)
                .allSatisfy(at -> assertThat(at.reading()).isEqualTo(read("prometheus", query, FAILING, at.at())));
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

    /** What breaks, by which metric it shows, and at which look at the latest; by the server's word and by our own. */
    @ParameterizedTest
    @CsvSource({
        FAILING + ", error-rate, 2",
        SLOW + ", latency-p95, 2",
        SILENT + ", checkout-conversion, 2",
        STUCK + ", queue-age, 2"
    })
    void a_broken_version_fails_whoever_reads(String version, String metric, int look) {
        for (var source : List.of("prometheus", "scrape")) {
            var decided = failedAt(source, version);
            var verdict = judged(source, version, decided);

            System.out.printf("%s %s: FAIL at look %d: %s%n", source, version, decided, verdict.reason());
            assertThat(decided).as(source).isBetween(1, look);
            assertThat(verdict.reason()).as(source).contains(metric + " is ");
            assertThat(verdict.metrics().stream()
                            .filter(one -> one.verdict() == Verdict.FAIL)
                            .map(MetricVerdict::metric))
                    .as(source)
                    .contains(metric);
        }
        saysTheSame(judged("scrape", version, LOOKS), judged("prometheus", version, LOOKS));
    }

    @Test
    void a_healthy_version_passes_whoever_reads_and_never_fails_on_the_way() {
        var there = judged("prometheus", HEALTHY, LOOKS);
        var here = judged("scrape", HEALTHY, LOOKS);

        assertThat(there.verdict()).as(there.reason()).isEqualTo(Verdict.PASS);
        assertThat(here.verdict()).as(here.reason()).isEqualTo(Verdict.PASS);
        assertThat(failedAt("prometheus", HEALTHY)).isZero();
        assertThat(failedAt("scrape", HEALTHY)).isZero();
        saysTheSame(here, there);
    }

    /** Nothing is known of a version that nobody deployed: neither good nor bad. */
    @Test
    void a_version_without_a_sign_of_life_is_put_to_a_person() {
        for (var source : List.of("prometheus", "scrape")) {
            var verdict = judged(source, NEVER_DEPLOYED, LOOKS);

            assertThat(verdict.verdict()).as(source).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(verdict.metrics())
                    .allSatisfy(metric -> assertThat(metric.rule()).isEqualTo("no data"));
            assertThat(verdict.moreDataHelps()).isFalse();
        }
    }

    /** @return the look at which the release fails, from 1; 0 where it never does */
    private static int failedAt(String source, String version) {
        return IntStream.rangeClosed(1, LOOKS)
                .filter(look -> judged(source, version, look).verdict() == Verdict.FAIL)
                .findFirst()
                .orElse(0);
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

    /** Judged against the healthy version; as at the end of a stage after the last look. */
    private static ReleaseVerdict judged(String source, String version, int looks) {
        var seen = moments().subList(0, looks);
        var series = storefront.metrics().stream()
                .map(metric -> MetricSeries.of(
                        metric,
                        seen.stream()
                                .map(at -> sample(source, metric, version, at))
                                .toList(),
                        metric.compareWith() == CompareWith.NONE
                                ? List.of()
                                : seen.stream()
                                        .map(at -> value(source, metric.query(), HEALTHY, at))
                                        .toList()))
                .toList();
        return new Judge(0.05).judge(series, new Look(looks, LOOKS, 0, looks == LOOKS));
    }

    private static Sample sample(String source, Metric metric, String version, Instant at) {
        return read(source, metric.query(), version, at) instanceof Reading.Value value
                ? Sample.value(
                        value.value(),
                        metric.sampleQuery() == null ? null : value(source, metric.sampleQuery(), version, at),
                        false)
                : Sample.noData("no series", false);
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

    /** What was read once is remembered: scraped series are not kept for long. */
    private static Reading read(String source, String query, String version, Instant at) {
        return READ.computeIfAbsent(List.of(source, query, version, at), unknown -> {
            var settings = source.equals("prometheus") ? server : scraped(version);
            return source(source, version).read(new MetricQuery(query.replace("$version", version), settings), at);
        });
    }

    private static MetricSource source(String name, String version) {
        return PLACES.getOrDefault(version, PLACES.get(HEALTHY)).getBeansOfType(MetricSource.class).values().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

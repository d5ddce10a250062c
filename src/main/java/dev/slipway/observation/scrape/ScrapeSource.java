package dev.slipway.observation.scrape;

import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads what an address exposes in the Prometheus text format, keeps it for ten minutes in memory, and evaluates the
 * part of PromQL described at {@link Query}. The values are those of a Prometheus server that scrapes every second;
 * they differ where it scrapes less often, since {@code rate} extrapolates to the ends of its window, and in the first
 * seconds, since it begins to scrape when it is asked for the first time.
 *
 * <p>Settings: {@code url} to scrape, required.
 */
@Component
class ScrapeSource implements MetricSource, DisposableBean {

    private static final String URL = "url";
    private static final Duration SCRAPED_AFTER_USE = Duration.ofMinutes(1);
    private static final Duration KEPT_AFTER_USE = Duration.ofMinutes(10);
    private static final long RECENT_MILLIS = 2_000;
    private static final int SCRAPERS = 4;
    private static final int MOST_TARGETS = 50;

    private final Map<URI, Target> targets = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService scrapers = Executors.newScheduledThreadPool(SCRAPERS, work -> {
        var thread = new Thread(work, "scraper");
        thread.setDaemon(true);
        return thread;
    });
    private final Clock clock;

    @Autowired
    ScrapeSource(Clock clock) {
        this.clock = clock;
        var unused = scrapers.scheduleWithFixedDelay(this::scrapeInUse, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public String name() {
        return "scrape";
    }

    @Override
    public List<String> problems(Settings settings) {
        var url = settings.text(URL);
        if (url.isEmpty()) {
            return List.of("url is missing: the address of the service's metrics, such as http://host:8080/metrics");
        }
        return url.get().matches("https?://[^/\\s]+.*")
                ? List.of()
                : List.of("url: " + url.get() + " is not an http or https address");
    }

    @Override
    public Reading read(MetricQuery query, Instant at) {
        try {
            var expression = Query.parse(query.text());
            var target = target(URI.create(query.settings().required(URL)));
            target.asked();
            var trouble = target.scrapeIfDue();
            if (trouble != null) {
                return new Reading.Broken(query.settings().required(URL) + " did not answer: " + trouble + ".");
            }
            return reading(expression.at(target.scrapes(), evaluatedAt(at)), at);
        } catch (QueryProblem e) {
            return new Reading.Broken("The query is not understood " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            return new Reading.Broken("The service can't be scraped: " + e.getMessage() + ".");
        }
    }

    /** Now is after the scrape that the question itself has caused. */
    private long evaluatedAt(Instant at) {
        var now = clock.millis();
        return Math.abs(now - at.toEpochMilli()) <= RECENT_MILLIS ? now : at.toEpochMilli();
    }

    private Target target(URI address) {
        if (targets.size() >= MOST_TARGETS && !targets.containsKey(address)) {
            throw new IllegalArgumentException(
                    MOST_TARGETS + " addresses are scraped already; use a Prometheus server");
        }
        return targets.computeIfAbsent(address, key -> new Target(key, http, clock));
    }

    private void scrapeInUse() {
        targets.values().removeIf(target -> !target.wasAskedWithin(KEPT_AFTER_USE));
        targets.values().stream()
                .filter(target -> target.wasAskedWithin(SCRAPED_AFTER_USE))
                .forEach(target -> scrapers.execute(target::scrapeIfDue));
    }

    private static Reading reading(Result result, Instant at) {
        if (result instanceof Result.Scalar scalar) {
            return number(scalar.value(), at);
        }
        var values = ((Result.Vector) result).values();
        return switch (values.size()) {
            case 0 -> new Reading.NoData("no series matches the query, or it has no two scrapes yet");
            case 1 -> number(values.values().iterator().next(), at);
            default ->
                new Reading.Broken("The query gives " + values.size()
                        + " series, not one; aggregate them, for example with sum or max.");
        };
    }

    private static Reading number(double value, Instant at) {
        return Double.isFinite(value) ? new Reading.Value(value, at) : new Reading.NoData("the query gives " + value);
    }

    @Override
    public void destroy() {
        scrapers.shutdownNow();
    }
}

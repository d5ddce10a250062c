package dev.slipway.observation.scrape;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One address that is scraped, at most once a second. */
final class Target {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final URI address;
    private final HttpClient http;
    private final Clock clock;
    private final Scrapes scrapes = new Scrapes();
    private boolean tried;
    private long lastTry;
    private String trouble;
    private volatile long lastAsked = System.nanoTime();

    Target(URI address, HttpClient http, Clock clock) {
        this.address = address;
        this.http = http;
        this.clock = clock;
    }

    Scrapes scrapes() {
        return scrapes;
    }

    void asked() {
        lastAsked = System.nanoTime();
    }

    boolean wasAskedWithin(Duration time) {
        return System.nanoTime() - lastAsked < time.toNanos();
    }

    /** @return why the last scrape failed; null where it did not */
    synchronized String scrapeIfDue() {
        if (!tried || System.nanoTime() - lastTry >= PAUSE_NANOS) {
            tried = true;
            lastTry = System.nanoTime();
            trouble = scrape();
        }
        return trouble;
    }

    private String scrape() {
        try {
            var request = HttpRequest.newBuilder(address)
                    .header("Accept", "text/plain; version=0.0.4")
                    .timeout(TIMEOUT)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                return "it answered " + response.statusCode();
            }
            scrapes.add(clock.millis(), Exposition.parse(response.body()));
            return null;
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was not waited for any longer";
        }
    }
}

package dev.slipway.sandbox;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The storefront's traffic: a steady stream of visitors who browse, buy and sign up, all of them through the router. */
@Component
@Profile("sandbox")
class Visitors implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int THREADS = 2;

    private final Storefront storefront;
    private final SandboxProperties.Load load;
    private final Semaphore waiting;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Storefront.daemons("visitors-"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(Storefront.daemons("visitors-tick-"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private volatile boolean started;

    Visitors(Storefront storefront, SandboxProperties properties) {
        this.storefront = storefront;
        this.load = properties.load();
        this.waiting = new Semaphore(load.inFlight());
    }

    @Override
    public void start() {
        started = true;
        if (load.requestsPerSecond() > 0) {
            var period = TimeUnit.SECONDS.toNanos(1) / load.requestsPerSecond();
            var unused = ticks.scheduleAtFixedRate(this::visit, period, period, TimeUnit.NANOSECONDS);
        }
    }

    private void visit() {
        // Who finds the shop full goes away; otherwise a slow version would pile up visitors without end.
        if (!waiting.tryAcquire()) {
            return;
        }
        var endpoint = wish();
        var request = HttpRequest.newBuilder(storefront.address().resolve(endpoint.path()))
                .method(endpoint == Endpoint.BROWSE ? "GET" : "POST", HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    waiting.release();
                    if (failure != null && started) {
                        LOG.debug("{} was not answered", request.uri(), failure);
                    }
                });
    }

    /** @return half browse, a third buy, the rest sign up; by chance, so that no pattern meets the router's */
    private static Endpoint wish() {
        var chance = ThreadLocalRandom.current().nextInt(100);
        return chance < 50 ? Endpoint.BROWSE : chance < 85 ? Endpoint.CHECKOUT : Endpoint.SIGN_UP;
    }

    /** For good. */
    @Override
    public void stop() {
        started = false;
        ticks.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return Storefront.PHASE + 1;
    }
}

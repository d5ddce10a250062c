package dev.slipway.communication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sends the postman every second, once he is back. */
@Component
class PostmanSchedule {

    private final Postman postman;
    private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);

    PostmanSchedule(Postman postman) {
        this.postman = postman;
    }

    /** Does not wait: a chat that is slow must not hold up what else runs on this clock. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void begin() {
        if (round.isDone()) {
            round = postman.deliver();
        }
    }
}

package dev.slipway.communication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Delivers every second what is due, and shows operators what waits and what was given up. */
@Component
class OutboxSchedule implements MeterBinder {

    private final Outbox outbox;

    OutboxSchedule(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Does not wait: a chat that is slow must not hold up what else runs on this clock. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void begin() {
        var unused = outbox.deliver();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("slipway.messages.waiting", outbox, box -> box.countIn(OutgoingMessage.State.WAITING))
                .description("Messages that are not delivered yet")
                .register(registry);
        Gauge.builder("slipway.messages.dead", outbox, box -> box.countIn(OutgoingMessage.State.DEAD))
                .description("Messages that were tried in vain; see GET /api/v1/messages?state=DEAD")
                .register(registry);
    }
}

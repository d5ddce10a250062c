package dev.slipway.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator sees of the watching: how many questions, and how late the looks are. */
@Component
class ObservationMeters implements MeterBinder {

    /** What became of a question. */
    enum Fate {
        /** The source was asked. */
        ASKED,
        /** An equal one was asked before; both get its answer. */
        SHARED,
        /** Too many waited already. */
        REFUSED
    }

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final Timer lag = Timer.builder("slipway.observation.look.lag")
            .description("From the time a look was due until what it brought was written")
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(meters);

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.add(registry);
    }

    /** @param source name of the metric source */
    void question(String source, Fate fate) {
        meters.counter(
                        "slipway.observation.questions",
                        "source",
                        source,
                        "fate",
                        fate.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void looked(Duration after) {
        lag.record(after);
    }
}

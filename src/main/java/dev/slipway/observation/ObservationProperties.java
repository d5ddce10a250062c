package dev.slipway.observation;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How releases are watched.
 *
 * @param enabled     whether this node watches; default true
 * @param poll        how often due releases are looked for; 50 ms to 1 min, default 250 ms
 * @param batch       how many releases one round takes at most; 1 to 5000, default 200
 * @param timeout     how long one question to a source may take; 100 ms to 1 min, default 5 s
 * @param readers     how many questions one source is asked at the same time; 1 to 64, default 8
 * @param waiting     how many questions wait for one source at most, beyond those; 1 to 100000, default 2000
 * @param remembered  how many measurements a node remembers, so that it need not read them again at every look, at some
 *                    200 bytes each; 0 to 100 million, default 1 million
 * @param warmUp      how long after a stage begins values are not compared yet; 0 to 1 h; one interval where not set
 * @param beforeLooks how many values from before the release are read for {@code compareWith: before}, an interval
 *                    apart; 2 to 500, default 20
 * @param history     how far back a metric that is compared with before is read for its habits: how it moves at this time
 *                    of day and how far it strays by itself; 0 (not at all) to 28 d, default 7 d
 * @param alpha       the probability that a release without harm fails by comparison; 0.0001 to 0.5, default 0.05
 */
@Validated
@ConfigurationProperties("slipway.observation")
record ObservationProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("250ms") @DurationMin(millis = 50) @DurationMax(minutes = 1)
        Duration poll,

        @DefaultValue("200") @Min(1) @Max(5000) int batch,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration timeout,

        @DefaultValue("8") @Min(1) @Max(64) int readers,
        @DefaultValue("2000") @Min(1) @Max(100_000) int waiting,

        @DefaultValue("1000000") @Min(0) @Max(100_000_000) int remembered,

        @DurationMax(hours = 1) Duration warmUp,
        @DefaultValue("20") @Min(2) @Max(500) int beforeLooks,

        @DefaultValue("7d") @DurationMin @DurationMax(days = 28)
        Duration history,

        @DefaultValue("0.05") @DecimalMin("0.0001") @DecimalMax("0.5")
        double alpha) {

    @AssertTrue(message = "warm-up must not be negative")
    boolean isWarmUpSensible() {
        return warmUp == null || !warmUp.isNegative();
    }

    /** @param interval of the service */
    Duration warmUpFor(Duration interval) {
        return warmUp == null ? interval : warmUp;
    }
}

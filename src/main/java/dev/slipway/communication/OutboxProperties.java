package dev.slipway.communication;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are delivered to places outside.
 *
 * @param atOnce     how many this node delivers at the same time; 1 to 32, default 4
 * @param attempts   how often delivery is begun before a message counts as dead; 1 to 50, default 12
 * @param firstPause after the first failure; twice as long after each further one; 1 s to 10 min, default 5 s
 * @param longest    pause between two attempts; 1 s to 1 d, default 15 min
 * @param lease      after that a node that is about a message counts as killed; 10 s to 1 h, default 2 min
 */
@Validated
@ConfigurationProperties("slipway.outbox")
record OutboxProperties(
        @DefaultValue("4") @Min(1) @Max(32) int atOnce,

        @DefaultValue("12") @Min(1) @Max(50) int attempts,

        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration firstPause,

        @DefaultValue("15m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration longest,

        @DefaultValue("2m") @DurationMin(seconds = 10) @DurationMax(hours = 1)
        Duration lease) {

    /** @param failures how many attempts have failed, from 1 */
    Duration pause(int failures) {
        var pause = firstPause;
        for (var i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}

package dev.slipway.window;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are followed that a deployer took on.
 *
 * @param interval how long after a question about an order the next one comes; six times as long where it could not be
 *                 asked; 1 s to 10 min, default 5 s
 * @param atOnce   how many orders this node asks about at the same time; 1 to 64, default 16
 */
@Validated
@ConfigurationProperties("slipway.following")
record FollowingProperties(
        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration interval,

        @DefaultValue("16") @Min(1) @Max(64) int atOnce) {}

package dev.slipway.prerelease.git;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How repositories that are somewhere else are read.
 *
 * @param cache   the directory of their copies, absolute or from the working directory; {@code data/git} by default
 * @param timeout how long one fetch may take; 1 s to 1 h, 2 min by default
 */
@Validated
@ConfigurationProperties("slipway.git")
record GitProperties(
        @DefaultValue("data/git") Path cache,

        @DefaultValue("PT2M") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration timeout) {}

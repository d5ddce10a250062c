package dev.slipway.calendar;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How calendars of freezes and on-call are read.
 *
 * @param directory where calendars that service definitions name by a relative path stand; the directory of the service
 *                  definitions where it is not set
 * @param timeout   how long reading one calendar from a URL may take; 1 s to 30 s, default 10 s
 * @param refresh   how often freezes and holidays are read anew from a URL while nobody asks; until then what was read
 *                  last counts where slots are proposed or shown; 10 s to 1 d, default 5 min
 * @param keep      how long what a URL said last still counts when it can't be read any more; 1 h to 90 d, default 7 d
 */
@Validated
@ConfigurationProperties("slipway.calendars")
public record CalendarProperties(
        Path directory,

        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 30) @DefaultValue("PT10S")
        Duration timeout,

        @NotNull @DurationMin(seconds = 10) @DurationMax(days = 1) @DefaultValue("PT5M")
        Duration refresh,

        @NotNull @DurationMin(hours = 1) @DurationMax(days = 90) @DefaultValue("P7D")
        Duration keep) {}

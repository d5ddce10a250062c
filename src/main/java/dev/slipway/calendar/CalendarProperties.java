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
 */
@Validated
@ConfigurationProperties("slipway.calendars")
public record CalendarProperties(
        Path directory,

        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 30) @DefaultValue("PT10S")
        Duration timeout) {}

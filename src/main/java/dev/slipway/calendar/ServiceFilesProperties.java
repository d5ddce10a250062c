package dev.slipway.calendar;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the calendar room uses of Slipway's common settings.
 *
 * @param servicesDir where the service definitions stand, default {@code services}
 */
@Validated
@ConfigurationProperties("slipway")
public record ServiceFilesProperties(
        @NotNull @DefaultValue("services") Path servicesDir) {}

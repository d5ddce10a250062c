package dev.slipway.window;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the window room uses of Slipway's common settings.
 *
 * @param baseUrl where deployers reach Slipway, default {@code http://localhost:8080}
 */
@Validated
@ConfigurationProperties("slipway")
record WindowProperties(
        @NotNull @DefaultValue("http://localhost:8080") URI baseUrl) {}

package dev.slipway.sandbox;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The pretend service; only read with the profile {@code sandbox}.
 *
 * @param port      where the router listens on 127.0.0.1; 0 to 65535, 0 for any free port; default 8090
 * @param directory where weights, versions, faults and the executed orders are kept; default {@code ./data/sandbox}
 * @param load      the visitors
 */
@Validated
@ConfigurationProperties("slipway.sandbox")
record SandboxProperties(
        @DefaultValue("8090") @Min(0) @Max(65535) int port,
        @DefaultValue("./data/sandbox") @NotNull Path directory,
        @DefaultValue @Valid Load load) {

    /**
     * @param requestsPerSecond requests to the router in total; 0 to 1000, 0 for no visitors; default 120
     * @param inFlight          requests that may wait for an answer at once, further ones are left out; 1 to 1000;
     *                          default 64
     */
    record Load(
            @DefaultValue("120") @Min(0) @Max(1000) int requestsPerSecond,
            @DefaultValue("64") @Min(1) @Max(1000) int inFlight) {}
}

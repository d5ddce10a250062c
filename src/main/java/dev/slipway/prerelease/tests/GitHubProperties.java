package dev.slipway.prerelease.tests;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How GitHub is asked for statuses of commits.
 *
 * @param url     the API, default {@code https://api.github.com}; of GitHub Enterprise {@code https://<host>/api/v3}
 * @param token   reads checks and commit statuses; null for public repositories only. In the environment
 *                {@code SLIPWAY_GITHUB_TOKEN}
 * @param timeout how long one answer may take; 1 s to 30 s, default 10 s
 */
@Validated
@ConfigurationProperties("slipway.github")
record GitHubProperties(
        @NotNull @DefaultValue("https://api.github.com") URI url,
        String token,

        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 30) @DefaultValue("PT10S")
        Duration timeout) {

    /** Without the token. */
    @Override
    public String toString() {
        return "GitHubProperties[url=" + url + ", timeout=" + timeout + "]";
    }
}

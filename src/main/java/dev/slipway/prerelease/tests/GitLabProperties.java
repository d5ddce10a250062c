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
 * How GitLab is asked for statuses of commits.
 *
 * @param url     where it is, default {@code https://gitlab.com}
 * @param token   with scope {@code read_api}; null for public projects only. In the environment
 *                {@code SLIPWAY_GITLAB_TOKEN}
 * @param timeout how long one answer may take; 1 s to 30 s, default 10 s
 */
@Validated
@ConfigurationProperties("slipway.gitlab")
record GitLabProperties(
        @NotNull @DefaultValue("https://gitlab.com") URI url,
        String token,

        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 30) @DefaultValue("PT10S")
        Duration timeout) {

    /** Without the token. */
    @Override
    public String toString() {
        return "GitLabProperties[url=" + url + ", timeout=" + timeout + "]";
    }
}

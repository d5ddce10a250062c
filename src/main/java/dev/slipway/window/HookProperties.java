package dev.slipway.window;

import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the addresses that deployers report to are signed with.
 *
 * @param secret 16 to 200 characters, the same on every node; a change makes addresses given out before unknown. Where
 *               it is not set, one is generated once and kept in the database
 */
@Validated
@ConfigurationProperties("slipway.hooks")
record HookProperties(@Size(min = 16, max = 200) String secret) {}

package dev.slipway.security;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What Alertmanager shows when it sends alerts.
 *
 * @param token 16 to 200 characters without blanks, the same on every node; where it is not set, no alerts are received
 */
@Validated
@ConfigurationProperties("slipway.alertmanager")
record AlertmanagerProperties(
        @Pattern(regexp = "(\\S{16,200})?", message = "must be 16 to 200 characters without blanks")
        String token) {

    boolean isOn() {
        return token != null && !token.isEmpty();
    }

    @Override
    public String toString() {
        return "AlertmanagerProperties[token=" + (isOn() ? "(set)" : "(not set)") + "]";
    }
}

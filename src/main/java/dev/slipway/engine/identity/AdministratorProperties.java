package dev.slipway.engine.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param adminPassword password of the user {@code admin}, set at every start; none by default: then one is made up
 *     when the user is created, and shown once in the log
 */
@ConfigurationProperties("slipway")
record AdministratorProperties(String adminPassword) {

    boolean isGiven() {
        return adminPassword != null && !adminPassword.isBlank();
    }

    @Override
    public String toString() {
        return "AdministratorProperties[adminPassword=" + (isGiven() ? "given" : "none") + "]";
    }
}

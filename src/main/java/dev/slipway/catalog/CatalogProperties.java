package dev.slipway.catalog;

import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where service definitions come from.
 *
 * @param servicesDir  the directory of the files, absolute or from the working directory; {@code services} by default
 * @param placeholders what {@code ${name}} in service definitions stands for, by name; none by default. In the
 *                     environment {@code SLIPWAY_PLACEHOLDERS_SLACK_TOKEN} is {@code ${slack.token}}
 */
@Validated
@ConfigurationProperties("slipway")
record CatalogProperties(
        @NotBlank @DefaultValue("services") String servicesDir,
        @DefaultValue Map<String, String> placeholders) {

    /** Shows no value: they are secrets. */
    @Override
    public String toString() {
        return "CatalogProperties[servicesDir=" + servicesDir + ", placeholders=" + placeholders.keySet() + "]";
    }
}

package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfiguredPlaceholdersTest {

    @Test
    void a_variable_of_the_environment_is_found_by_its_dotted_name_and_by_other_spellings() {
        var properties = bound(Map.of("SLIPWAY_PLACEHOLDERS_SLACK_TOKEN", "s3cret"));
        var placeholders = new ConfiguredPlaceholders(properties);

        assertThat(placeholders.value("slack.token")).contains("s3cret");
        assertThat(placeholders.value("slack-token")).contains("s3cret");
        assertThat(placeholders.value("SLACK_TOKEN")).contains("s3cret");
        assertThat(placeholders.value("slack")).isEmpty();
    }

    @Test
    void the_directory_comes_from_the_environment() {
        assertThat(bound(Map.of("SLIPWAY_SERVICES_DIR", "elsewhere")).servicesDir())
                .isEqualTo("elsewhere");
        assertThat(bound(Map.of("SLIPWAY_OTHER", "x")).servicesDir()).isEqualTo("services");
    }

    @Test
    void settings_that_are_printed_show_no_value() {
        assertThat(bound(Map.of("SLIPWAY_PLACEHOLDERS_SLACK_TOKEN", "s3cret")).toString())
                .contains("slack.token")
                .doesNotContain("s3cret");
    }

    private static CatalogProperties bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("slipway", CatalogProperties.class);
    }
}

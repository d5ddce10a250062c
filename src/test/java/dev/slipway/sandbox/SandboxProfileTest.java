package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.Placeholders;
import dev.slipway.window.Deployer;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SandboxProfileTest {

    @TempDir
    Path directory;

    private final ApplicationContextRunner slipway = new ApplicationContextRunner()
            .withUserConfiguration(
                    Settings.class,
                    Storefront.class,
                    Visitors.class,
                    SandboxDeployer.class,
                    SandboxPlaceholders.class,
                    SandboxController.class)
            .withBean(Clock.class, Clock::systemUTC);

    @EnableConfigurationProperties(SandboxProperties.class)
    static class Settings {}

    @Test
    void the_sandbox_is_there_with_its_profile_only() {
        slipway.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(Storefront.class)
                .doesNotHaveBean(Visitors.class)
                .doesNotHaveBean(Deployer.class)
                .doesNotHaveBean(Placeholders.class)
                .doesNotHaveBean(SandboxController.class));
    }

    @Test
    void its_address_stands_for_a_placeholder() {
        sandbox("slipway.sandbox.load.requests-per-second=0").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Storefront.class).serves()).isTrue();
            assertThat(context.getBean(Placeholders.class).value("sandbox.url"))
                    .hasValueSatisfying(url -> assertThat(url).matches("http://127\\.0\\.0\\.1:[1-9][0-9]+"));
            assertThat(context.getBean(Placeholders.class).value("another")).isEmpty();
            assertThat(context.getBean(Deployer.class).name()).isEqualTo("sandbox");
        });
    }

    @Test
    void a_load_out_of_range_is_refused() {
        sandbox("slipway.sandbox.load.requests-per-second=1001")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("requestsPerSecond"));
    }

    private ApplicationContextRunner sandbox(String setting) {
        return slipway.withInitializer(context -> context.getEnvironment().setActiveProfiles("sandbox"))
                .withPropertyValues("slipway.sandbox.port=0", "slipway.sandbox.directory=" + directory, setting);
    }
}

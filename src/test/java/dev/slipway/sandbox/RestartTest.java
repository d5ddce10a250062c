package dev.slipway.sandbox;

import static dev.slipway.sandbox.RunningSandbox.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.window.Deployer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    @TempDir
    Path directory;

    @Test
    void the_router_serves_with_the_same_weights_and_faults() {
        SandboxController.View before;
        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.breaks("1.1.0", "errors", 1);
            sandbox.deploy("1.1.0");
            sandbox.shift("1.1.0", 25);
            before = sandbox.controller.look();
        }

        try (var sandbox = RunningSandbox.in(directory)) {
            var after = sandbox.controller.look();
            assertThat(after.weights()).isEqualTo(before.weights());
            assertThat(after.versions()).isEqualTo(before.versions());
            assertThat(after.faults()).isEqualTo(before.faults());
            assertThat(after.orders()).isEqualTo(before.orders());
            assertThat(sandbox.visit("/browse", 20)).containsEntry("1.1.0", 5L).containsEntry("1.0.0", 15L);
            assertThat(sandbox.metric("storefront_requests_seconds_count", "version=\"1.1.0\"", "status=\"500\""))
                    .isEqualTo(5);
        }
    }

    @Test
    void an_order_from_before_is_not_executed_again() {
        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.deploy("1.1.0");
            sandbox.shift("1.1.0", 5);
            sandbox.deployer.rollBack(order("back", "1.1.0", 0));
        }

        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.shift("1.1.0", 5);

            assertThat(sandbox.deployer.state(order("any", "1.1.0", 0))).isEqualTo(new State.Serving(0));
            assertThat(sandbox.controller.look().orders())
                    .extracting(JournalEntry::executions)
                    .containsExactly(1, 1, 1);
        }
    }

    @Test
    void a_write_that_a_crash_cut_short_is_ignored() throws IOException {
        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.deploy("1.1.0");
        }
        Files.writeString(directory.resolve("sandbox.json.next"), "{\"traffic\": {\"sta");

        try (var sandbox = RunningSandbox.in(directory)) {
            assertThat(sandbox.controller.look().versions()).containsExactly("1.0.0", "1.1.0");
            sandbox.shift("1.1.0", 100);
            assertThat(sandbox.controller.look().serving()).isEqualTo("1.1.0");
        }
    }

    @Test
    void a_broken_file_is_named_with_the_way_out() throws IOException {
        Files.writeString(directory.resolve("sandbox.json"), "nonsense");

        assertThatIllegalStateException()
                .isThrownBy(() -> RunningSandbox.in(directory))
                .withMessageContaining("sandbox.json can't be read. Delete the file to begin anew");
    }

    @Test
    void a_port_that_is_taken_is_named_with_its_setting() {
        try (var sandbox = RunningSandbox.in(directory)) {
            var taken = new SandboxProperties(
                    sandbox.storefront.address().getPort(), directory, new SandboxProperties.Load(0, 1));

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> new Storefront(taken, Clock.systemUTC()))
                    .withMessageContaining("slipway.sandbox.port")
                    .withMessageContaining("Choose another port");
        }
    }
}

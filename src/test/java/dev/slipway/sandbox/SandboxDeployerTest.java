package dev.slipway.sandbox;

import static dev.slipway.sandbox.RunningSandbox.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDeployerTest {

    @TempDir
    Path directory;

    private RunningSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = RunningSandbox.in(directory.resolve("sandbox"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void nothing_can_be_rehearsed_where_the_visitors_are() {
        assertThat(sandbox.deployer.isSamePlace(Settings.NONE, new Settings(Map.of("place", "staging"))))
                .isTrue();
    }

    @Test
    void the_same_key_does_nothing_new_and_gives_the_same_answer() {
        sandbox.deploy("1.1.0");
        var first = sandbox.shift("1.1.0", 5);
        sandbox.deployer.rollBack(order("back", "1.1.0", 0));

        // A late retry of the shift: the rollback must stand.
        assertThat(sandbox.shift("1.1.0", 5)).isEqualTo(first).isInstanceOf(Answer.Done.class);
        assertThat(sandbox.deployer.state(order("any", "1.1.0", 0))).isEqualTo(new State.Serving(0));
    }

    @Test
    void orders_asked_at_once_are_executed_once() throws Exception {
        sandbox.deploy("1.1.0");
        var pool = Executors.newFixedThreadPool(8);
        try {
            for (var answer : pool.invokeAll(IntStream.range(0, 40)
                    .<java.util.concurrent.Callable<Answer>>mapToObj(i -> () -> sandbox.shift("1.1.0", 25))
                    .toList())) {
                assertThat(answer.get()).isInstanceOf(Answer.Done.class);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(sandbox.controller.look().orders())
                .extracting(JournalEntry::key, JournalEntry::weight, JournalEntry::executions, JournalEntry::at)
                .containsExactly(
                        tuple("deploy-1.1.0", null, 1, RunningSandbox.NOW),
                        tuple("shift-1.1.0-25.0", 25.0, 1, RunningSandbox.NOW));
    }

    @Test
    void a_refused_order_is_kept_and_never_executed() {
        var answer = sandbox.deployer.deploy(order("again", "1.0.0", 0));

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(sandbox.deployer.deploy(order("again", "1.0.0", 0))).isEqualTo(answer);
        assertThat(sandbox.controller.look().orders())
                .extracting(JournalEntry::done, JournalEntry::executions)
                .containsExactly(tuple(false, 0));
    }

    @Test
    void a_key_stands_for_one_order_only() {
        sandbox.deploy("1.1.0");

        assertThatIllegalStateException()
                .isThrownBy(() -> sandbox.deployer.shift(order("deploy-1.1.0", "1.1.0", 5)))
                .withMessageContaining("stands for DEPLOY 1.1.0");
    }

    @Test
    void the_state_is_what_the_router_does() {
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 25);

        assertThat(sandbox.deployer.state(order("any", "1.1.0", 0))).isEqualTo(new State.Serving(25));
        assertThat(sandbox.deployer.state(order("any", "1.0.0", 0))).isEqualTo(new State.Serving(75));
        assertThat(sandbox.deployer.state(order("any", "9.9.9", 0))).isEqualTo(new State.Serving(0));

        sandbox.storefront.stop();
        assertThat(sandbox.deployer.state(order("any", "1.1.0", 0))).isInstanceOf(State.Unknown.class);
    }

    @Test
    void a_rollback_sends_everybody_back() {
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 100);
        assertThat(sandbox.visit("/browse", 4)).containsOnlyKeys("1.1.0");

        sandbox.deployer.rollBack(order("back", "1.1.0", 0));

        assertThat(sandbox.visit("/browse", 4)).containsOnlyKeys("1.0.0");
    }

    @Test
    void an_order_that_cannot_be_kept_has_no_effect() throws IOException {
        sandbox.deploy("1.1.0");
        Files.delete(directory.resolve("sandbox/sandbox.json"));
        Files.delete(directory.resolve("sandbox"));
        Files.writeString(directory.resolve("sandbox"), "in the way");

        Assertions.assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> sandbox.shift("1.1.0", 5));

        assertThat(sandbox.deployer.state(order("any", "1.1.0", 0))).isEqualTo(new State.Serving(0));
        assertThat(sandbox.visit("/browse", 20)).containsOnlyKeys("1.0.0");
    }
}

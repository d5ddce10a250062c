package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders of tools that don't report by themselves are followed (WIN-3). */
class OutcomeFollowerTest extends WindowSlice {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Autowired
    OutcomeFollower follower;

    @Autowired
    DeploymentReports reports;

    @Autowired
    DeploymentOrderRepository orders;

    @Autowired
    ReportTokens tokens;

    @Autowired
    Traffic traffic;

    /** The database is shared with other tests: what they left open would be asked about too. */
    @BeforeEach
    void the_tool_takes_orders_on_and_nothing_is_open() {
        deployer.answer = new Answer.Pending("queued");
        jdbc.sql("update deployment_order set answer = 'FAILED' where answer = 'PENDING'")
                .update();
    }

    @Test
    void a_release_hears_what_became_of_its_order_as_if_the_tool_had_reported() {
        var release = release("1.1.0");
        var key = traffic.shift(release.id(), Aim.PRODUCTION, 1, 25).key();
        came(key, new Answer.Done("run 7 succeeded"));
        flow.waits = true;

        round();

        assertThat(flow.told)
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .containsEntry("deploymentKey", key)
                        .containsEntry("deploymentState", "SUCCEEDED")
                        .containsEntry("deploymentMessage", "run 7 succeeded"));
        assertThat(story(release.id())).contains("Shifting traffic, step 2 succeeded, the deployer reports.");
    }

    @Test
    void a_failure_is_the_reason_why_the_release_leaves_the_happy_path() {
        var key = traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key();
        came(key, new Answer.Failed("run 7 was cancelled"));
        flow.waits = true;

        round();

        assertThat(flow.told.get(0))
                .containsEntry("deploymentState", "FAILED")
                .containsEntry("exitReason", "run 7 was cancelled");
    }

    /** After a crash nothing is left but the database; another node has nothing else either. */
    @Test
    void the_order_is_the_one_that_was_given_whoever_asks_about_it() {
        var release = release("1.1.0");
        traffic.deploy(release.id(), Aim.PRODUCTION);
        traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        traffic.shift(release.id(), Aim.PRODUCTION, 1, 37.5);
        traffic.rollBack(release.id(), Aim.PRODUCTION, 2);

        var another = new OutcomeFollower(orders, traffic, reports, new FollowingProperties(INTERVAL, 4), clock);
        another.follow().join();
        another.stop();

        assertThat(deployer.outcomes).containsExactlyInAnyOrderElementsOf(deployer.orders);
    }

    @Test
    void an_order_of_a_rehearsal_is_asked_about_where_it_was_given() {
        rollback = new Rollback(
                List.of(),
                List.of(),
                new RehearsalPlan("staging", "fake", new Settings(Map.of("place", "there")), Duration.ofDays(90)),
                Duration.ZERO);
        var release = release("1.1.0");
        traffic.shiftForRehearsal(release.id(), Aim.rehearsal("run-1"));
        var key = traffic.rollBack(release.id(), Aim.rehearsal("run-1"), 1).key();
        came(key, new Answer.Failed("frozen"));
        flow.waits = true;

        round();

        assertThat(deployer.outcomes).containsExactlyInAnyOrderElementsOf(deployer.orders);
        assertThat(deployer.outcomes).allSatisfy(order -> {
            assertThat(order.target()).isEqualTo("staging");
            assertThat(order.settings().required("place")).isEqualTo("there");
        });
        assertThat(flow.told)
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .containsEntry("deploymentKey", key)
                        .containsEntry("deploymentState", "FAILED")
                        .doesNotContainKey("exitReason"));
    }

    @Test
    void what_is_under_way_is_asked_about_again_after_the_interval_and_not_before() {
        var key = traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key();

        round();
        clock.now = clock.now.plus(INTERVAL).minusMillis(1);
        round();
        assertThat(asked(key)).isEqualTo(1);

        clock.now = clock.now.plusMillis(1);
        round();
        assertThat(asked(key)).isEqualTo(2);
    }

    @Test
    void nobody_asks_about_what_is_reported_done_or_of_a_closed_release() {
        var reported = traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key();
        reports.receive(tokens.token(reported), "SUCCEEDED", null);
        var closed = release("1.2.0");
        traffic.deploy(closed.id(), Aim.PRODUCTION);
        releases.close(closed.id());
        deployer.answer = new Answer.Done("at once");
        traffic.deploy(release("1.3.0").id(), Aim.PRODUCTION);

        round();

        assertThat(deployer.outcomes).isEmpty();
    }

    @Test
    void an_order_that_was_given_again_counts_by_its_last_answer() {
        var release = release("1.1.0");
        var key = traffic.deploy(release.id(), Aim.PRODUCTION).key();
        deployer.answer = new Answer.Failed("no such image");
        traffic.deploy(release.id(), Aim.PRODUCTION);
        round();
        assertThat(asked(key)).isZero();

        deployer.answer = new Answer.Pending(null);
        traffic.deploy(release.id(), Aim.PRODUCTION);
        round();
        assertThat(asked(key)).isEqualTo(1);
    }

    @Test
    void the_hook_and_the_follower_together_tell_the_release_once() {
        var release = release("1.1.0");
        var key = traffic.deploy(release.id(), Aim.PRODUCTION).key();
        flow.waits = true;
        deployer.came.put(key, () -> {
            reports.receive(tokens.token(key), "SUCCEEDED", "the hook was faster");
            flow.waits = true;
            return new Answer.Failed("too late");
        });

        round();
        reports.sweep();

        assertThat(flow.told)
                .singleElement()
                .satisfies(details -> assertThat(details).containsEntry("deploymentMessage", "the hook was faster"));
        assertThat(story(release.id()))
                .filteredOn(what -> what.endsWith("the deployer reports."))
                .hasSize(1);
    }

    @Test
    void one_that_breaks_holds_up_nobody_and_is_asked_about_less_often() {
        var broken = traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key();
        var fine = traffic.deploy(release("1.2.0").id(), Aim.PRODUCTION).key();
        came(broken, () -> {
            throw new IllegalStateException("the tool is down");
        });
        came(fine, new Answer.Done("ok"));

        round();
        assertThat(state(fine)).containsExactly("SUCCEEDED");
        assertThat(state(broken)).isEmpty();

        clock.now = clock.now.plus(INTERVAL);
        round();
        assertThat(asked(broken)).isEqualTo(1);

        came(broken, new Answer.Done("it is up again"));
        clock.now = clock.now.plus(INTERVAL.multipliedBy(5));
        round();
        assertThat(state(broken)).containsExactly("SUCCEEDED");
    }

    @Test
    void one_that_hangs_holds_up_nobody_and_is_not_asked_about_twice() throws Exception {
        var hanging = traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key();
        var begun = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        came(hanging, () -> {
            begun.countDown();
            await(answer);
            return new Answer.Done("at last");
        });
        var first = follower.follow();
        await(begun);
        var fine = traffic.deploy(release("1.2.0").id(), Aim.PRODUCTION).key();
        came(fine, new Answer.Done("ok"));
        clock.now = clock.now.plus(INTERVAL);

        round();

        assertThat(first).isNotDone();
        assertThat(asked(hanging)).isEqualTo(1);
        assertThat(state(fine)).containsExactly("SUCCEEDED");
        answer.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(state(hanging)).containsExactly("SUCCEEDED");
    }

    @Test
    void several_nodes_at_once_ask_once_and_tell_once() {
        var release = release("1.1.0");
        var key = traffic.deploy(release.id(), Aim.PRODUCTION).key();
        came(key, new Answer.Done("ok"));
        var nodes = IntStream.range(0, 4)
                .mapToObj(
                        i -> new OutcomeFollower(orders, traffic, reports, new FollowingProperties(INTERVAL, 4), clock))
                .toList();

        CompletableFuture.allOf(nodes.stream()
                        .map(node ->
                                CompletableFuture.runAsync(() -> node.follow().join()))
                        .toArray(CompletableFuture[]::new))
                .join();
        nodes.forEach(OutcomeFollower::stop);

        assertThat(asked(key)).isEqualTo(1);
        assertThat(story(release.id()))
                .filteredOn(what -> what.endsWith("the deployer reports."))
                .hasSize(1);
    }

    @Test
    void a_round_is_bounded_and_nobody_waits_for_ever() {
        var keys = IntStream.range(0, 10)
                .mapToObj(i ->
                        traffic.deploy(release("1." + i).id(), Aim.PRODUCTION).key())
                .toList();
        var small = new OutcomeFollower(orders, traffic, reports, new FollowingProperties(INTERVAL, 4), clock);

        small.follow().join();
        assertThat(deployer.outcomes).hasSize(4);

        for (var round = 0; round < 2; round++) {
            clock.now = clock.now.plus(INTERVAL);
            small.follow().join();
        }
        small.stop();
        assertThat(deployer.outcomes).hasSize(12);
        assertThat(keys).allSatisfy(key -> assertThat(asked(key)).isPositive());
    }

    /** What was ordered before the weight was kept; the migration knows it of everything but shifts. */
    @Test
    void a_shift_whose_weight_nobody_knows_keeps_waiting_for_its_report() {
        var release = release("1.1.0");
        var key = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5).key();
        jdbc.sql("update deployment_order set weight = null where order_key = ?")
                .param(key)
                .update();

        round();

        assertThat(asked(key)).isZero();
    }

    private void round() {
        try {
            follower.follow().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void came(String key, Answer answer) {
        came(key, () -> answer);
    }

    private void came(String key, Supplier<Answer> answer) {
        deployer.came.put(key, answer);
    }

    private long asked(String key) {
        return List.copyOf(deployer.outcomes).stream()
                .filter(order -> order.key().equals(key))
                .count();
    }

    private List<String> state(String key) {
        return jdbc.sql("select state from deployment_report where order_key = ?")
                .param(key)
                .query(String.class)
                .list();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

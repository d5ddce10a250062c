package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int READERS = 2;
    private static final int WAITING = 3;

    /** Answers when it is let, with how often it was asked. */
    private static final class SlowSource implements MetricSource {

        private final AtomicInteger asked = new AtomicInteger();
        private CountDownLatch let = new CountDownLatch(0);

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Reading read(MetricQuery query, Instant at) {
            try {
                let.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Reading.Broken("interrupted");
            }
            return new Reading.Value(asked.incrementAndGet(), at);
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = AT;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final SlowSource source = new SlowSource();
    private final MovingClock clock = new MovingClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Sources sources = new Sources(List.of(source), properties(), meters(), clock);

    @AfterEach
    void close() {
        sources.destroy();
    }

    @Test
    void equal_questions_as_of_one_instant_of_the_grid_are_asked_once_in_whichever_round() {
        var first = sources.roundOnGrid(AT).read("slow", query("a")).join();
        var second = sources.roundOnGrid(AT).read("slow", query("a")).join();

        assertThat(second).isSameAs(first);
        assertThat(source.asked).hasValue(1);
        assertThat(questions("asked")).isEqualTo(1);
        assertThat(questions("shared")).isEqualTo(1);
    }

    @Test
    void another_time_another_text_and_another_address_are_other_questions() {
        sources.roundOnGrid(AT).read("slow", query("a")).join();
        sources.roundOnGrid(AT.plusSeconds(10)).read("slow", query("a")).join();
        sources.roundOnGrid(AT).read("slow", query("b")).join();
        sources.roundOnGrid(AT)
                .read("slow", new MetricQuery("a", new Settings(Map.of("url", "http://other"))))
                .join();

        assertThat(source.asked).hasValue(4);
    }

    @Test
    void an_answer_is_not_shared_for_longer_than_ten_seconds() {
        sources.roundOnGrid(AT).read("slow", query("a")).join();
        clock.now = AT.plusSeconds(10);
        sources.roundOnGrid(AT).read("slow", query("a")).join();
        assertThat(source.asked).hasValue(1);

        clock.now = AT.plusMillis(10_001);
        sources.roundOnGrid(AT).read("slow", query("a")).join();
        assertThat(source.asked).hasValue(2);
    }

    @Test
    void a_clock_that_is_set_back_shares_nothing_from_what_was_then_the_future() {
        clock.now = AT.plusSeconds(300);
        sources.roundOnGrid(AT.plusSeconds(300)).read("slow", query("a")).join();
        clock.now = AT;
        sources.roundOnGrid(AT).read("slow", query("b")).join();
        clock.now = AT.plusSeconds(300);
        sources.roundOnGrid(AT.plusSeconds(300)).read("slow", query("a")).join();

        assertThat(source.asked).hasValue(3);
    }

    @Test
    void a_round_as_of_now_shares_only_within_itself() {
        var round = sources.round(AT);
        round.read("slow", query("a")).join();
        round.read("slow", query("a")).join();
        sources.round(AT).read("slow", query("a")).join();

        assertThat(source.asked).hasValue(2);
    }

    @Test
    void where_too_many_questions_wait_the_next_is_broken_and_nothing_remembers_it() {
        source.let = new CountDownLatch(1);
        var round = sources.roundOnGrid(AT);
        var accepted = new ArrayList<CompletableFuture<Reading>>();
        for (var i = 0; i < READERS + WAITING; i++) {
            accepted.add(round.read("slow", query("q" + i)));
        }

        var refused = round.read("slow", query("one too many"));

        assertThat(refused.join())
                .isInstanceOfSatisfying(
                        Reading.Broken.class,
                        broken -> assertThat(broken.why()).startsWith("too many questions are waiting for slow"));
        assertThat(questions("refused")).isEqualTo(1);
        source.let.countDown();
        assertThat(accepted).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Reading.Value.class));
        assertThat(round.read("slow", query("one too many")).join()).isInstanceOf(Reading.Value.class);
    }

    @Test
    void only_the_latest_questions_are_kept() {
        var asked = new AskedQuestions(2, Duration.ofSeconds(10));
        var answer = CompletableFuture.<Reading>completedFuture(new Reading.NoData("none"));
        for (var text : List.of("a", "b", "c")) {
            asked.keep(new AskedQuestions.Question("slow", query(text), AT), answer, AT);
        }

        assertThat(asked.find(new AskedQuestions.Question("slow", query("a"), AT), AT))
                .isNull();
        assertThat(asked.find(new AskedQuestions.Question("slow", query("c"), AT), AT))
                .isSameAs(answer);
    }

    private ObservationMeters meters() {
        var meters = new ObservationMeters();
        meters.bindTo(registry);
        return meters;
    }

    private double questions(String fate) {
        return registry.get("slipway.observation.questions")
                .tag("source", "slow")
                .tag("fate", fate)
                .counter()
                .count();
    }

    private static MetricQuery query(String text) {
        return new MetricQuery(text, Settings.NONE);
    }

    private static ObservationProperties properties() {
        return new ObservationProperties(
                true,
                Duration.ofMillis(250),
                200,
                Duration.ofSeconds(20),
                READERS,
                WAITING,
                1_000,
                null,
                5,
                Duration.ZERO,
                0.05);
    }
}

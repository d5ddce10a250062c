package dev.slipway.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.Settings;
import dev.slipway.release.ColumnNames;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages to places outside are written with the step that says them and delivered once, whatever happens. */
@DataJdbcTest(
        properties = {
            "slipway.outbox.attempts=3",
            "slipway.outbox.first-pause=10s",
            "slipway.outbox.longest=15s",
            "slipway.outbox.lease=60s"
        })
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({ColumnNames.class, Releases.class, Timeline.class, Outbox.class, OutboxTest.Edges.class})
class OutboxTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    @TestConfiguration
    static class Edges {

        @Bean
        MovedClock clock() {
            return new MovedClock();
        }

        @Bean
        OneService catalog() {
            return new OneService();
        }

        @Bean
        Chat chat() {
            return new Chat("chat", true);
        }

        @Bean
        Chat ownPages() {
            return new Chat("own", false);
        }
    }

    @Autowired
    Outbox outbox;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MovedClock clock;

    @Autowired
    OneService catalog;

    @Autowired
    Chat chat;

    @Autowired
    Chat ownPages;

    private Release release;

    @BeforeEach
    void a_release_with_an_open_thread() {
        jdbc.sql("delete from outgoing_message").update();
        chat.reset();
        ownPages.reset();
        clock.now = Instant.parse("2026-11-24T10:00:00Z");
        catalog.channel = "chat";
        release = opened("1.1.0");
    }

    private Release opened(String version) {
        jdbc.sql("insert into service_definition (service, digest, text, pinned_at) select 'shop', 'd', 't', ?"
                        + " where not exists (select 1 from service_definition where digest = 'd')")
                .param(clock.now.atOffset(ZoneOffset.UTC))
                .update();
        var pinned = jdbc.sql("select id from service_definition where digest = 'd'")
                .query(Long.class)
                .single();
        return releases.open(SampleRequest.of("shop", version).ownedBy("erin").request(), pinned, "1.0.0");
    }

    @Test
    void the_thread_is_opened_once_and_everything_said_goes_there() {
        assertThat(outbox.open(release)).isEqualTo("https://chat/" + release.id() + "/1");
        assertThat(outbox.open(release)).isEqualTo("https://chat/" + release.id() + "/1");

        outbox.put(release.id(), "rollback", "qa", "It goes back", "Because.");
        assertThat(chat.posted).as("not before it is delivered").isEmpty();
        round();

        assertThat(chat.posted).singleElement().satisfies(post -> {
            assertThat(post.key()).isEqualTo(release.id() + ":rollback");
            assertThat(post.thread()).isEqualTo("https://chat/" + release.id() + "/1");
            assertThat(post.place()).isEqualTo("#shop");
            assertThat(post.team()).isEqualTo("qa");
            assertThat(post.subject()).isEqualTo("It goes back");
            assertThat(post.text()).isEqualTo("Because.");
            assertThat(post.settings().values()).containsEntry("token", "secret");
        });
        round();
        assertThat(chat.posted).hasSize(1);
        assertThat(jdbc.sql("select * from outgoing_message")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void what_a_step_that_was_undone_has_said_is_never_delivered() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    outbox.put(release.id(), "a", null, "It goes back", "");
                    throw new IllegalStateException("the step broke");
                }))
                .isInstanceOf(IllegalStateException.class);
        round();
        assertThat(chat.posted).isEmpty();
    }

    @Test
    void a_key_is_said_once() {
        outbox.put(release.id(), "a", null, "First", "");
        outbox.put(release.id(), "a", null, "Second", "");
        round();
        outbox.put(release.id(), "a", null, "Third", "");
        round();
        assertThat(subjects()).containsExactly("First");
    }

    @Test
    void messages_of_a_release_go_in_order_and_one_that_fails_does_not_hold_up_the_others() {
        var other = opened("1.2.0");
        chat.fails = post -> {
            if (post.subject().equals("Second")) {
                throw new IllegalStateException("chat is down");
            }
        };
        outbox.put(release.id(), "1", null, "First", "");
        outbox.put(release.id(), "2", null, "Second", "");
        outbox.put(release.id(), "3", null, "Third", "");
        outbox.put(other.id(), "1", null, "Other's", "");
        round();
        assertThat(subjects()).containsExactlyInAnyOrder("First", "Other's");
        round();
        round();
        assertThat(subjects()).endsWith("Third");
        chat.fails = post -> {};
        clock.now = clock.now.plus(PAUSE);
        round();
        assertThat(subjects()).endsWith("Second");
    }

    @Test
    void what_was_tried_in_vain_is_dead_and_told_until_an_operator_has_it_tried_again() {
        chat.fails = post -> {
            throw new IllegalStateException("channel_not_found");
        };
        outbox.put(release.id(), "1", null, "First", "");
        round();
        round();
        assertThat(chat.tried.get()).as("not before the pause is over").isEqualTo(1);
        clock.now = clock.now.plus(PAUSE);
        round();
        clock.now = clock.now.plus(PAUSE);
        round();
        assertThat(chat.tried.get()).as("the second pause is longer").isEqualTo(2);
        clock.now = clock.now.plus(PAUSE);
        round();
        assertThat(chat.tried.get()).isEqualTo(3);
        clock.now = clock.now.plus(Duration.ofDays(1));
        round();
        assertThat(chat.tried.get()).isEqualTo(3);

        assertThat(outbox.in(OutgoingMessage.State.DEAD)).singleElement().satisfies(dead -> {
            assertThat(dead.problem()).isEqualTo("channel_not_found");
            assertThat(dead.attempts()).isEqualTo(3);
        });
        assertThat(outbox.countIn(OutgoingMessage.State.DEAD)).isEqualTo(1);
        assertThat(timeline.of(release.id())).extracting(TimelineEntry::what).contains("Not delivered by chat: First");
        var dead = outbox.in(OutgoingMessage.State.DEAD).get(0).id();
        chat.fails = post -> {};
        assertThat(outbox.revive(dead).state()).isEqualTo(OutgoingMessage.State.WAITING);
        assertThatThrownBy(() -> outbox.revive(dead)).isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> outbox.revive(-1)).isInstanceOf(Refusal.NotFound.class);
        round();
        assertThat(subjects()).containsExactly("First");
        assertThat(outbox.in(OutgoingMessage.State.DELIVERED)).hasSize(1);
    }

    @Test
    void one_that_a_node_was_about_when_it_was_killed_is_tried_again_after_its_lease() throws Exception {
        var entered = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        chat.fails = post -> {
            entered.countDown();
            await(killed);
            throw new IllegalStateException("killed");
        };
        outbox.put(release.id(), "1", null, "First", "");
        outbox.put(release.id(), "2", null, "Second", "");
        var first = outbox.deliver();
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        chat.fails = post -> {};
        round();
        assertThat(chat.posted)
                .as("somebody is about the first, the second waits for it")
                .isEmpty();

        clock.now = clock.now.plusSeconds(61);
        round();
        assertThat(subjects()).containsExactly("First");
        killed.countDown();
        first.join();
    }

    @Test
    void slipways_own_pages_are_written_in_the_step_itself() {
        catalog.channel = "own";
        outbox.put(release.id(), "1", null, "First", "");
        assertThat(ownPages.posted).hasSize(1);
        assertThat(outbox.in(OutgoingMessage.State.WAITING)).isEmpty();
    }

    @Test
    void a_subject_or_text_that_is_too_long_is_cut() {
        outbox.put(release.id(), "1", null, "s".repeat(400), "t".repeat(30_000));
        round();
        assertThat(chat.posted).singleElement().satisfies(post -> {
            assertThat(post.subject()).hasSize(300).endsWith("…");
            assertThat(post.text()).hasSize(20_000).endsWith("…");
        });
    }

    private void round() {
        outbox.deliver().join();
    }

    private List<String> subjects() {
        return chat.posted.stream().map(Channel.Post::subject).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static class Chat implements Channel {

        private final String name;
        private final boolean outside;
        final List<Post> posted = Collections.synchronizedList(new ArrayList<>());
        volatile Consumer<Post> fails;
        final AtomicInteger tried = new AtomicInteger();
        private int opened;

        Chat(String name, boolean outside) {
            this.name = name;
            this.outside = outside;
        }

        void reset() {
            posted.clear();
            fails = post -> {};
            tried.set(0);
            opened = 0;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isOutside() {
            return outside;
        }

        @Override
        public String open(Post post) {
            opened++;
            return "https://chat/" + post.release() + "/" + opened;
        }

        @Override
        public void post(Post post) {
            tried.incrementAndGet();
            fails.accept(post);
            posted.add(post);
        }
    }

    static class MovedClock extends Clock {

        volatile Instant now = Instant.EPOCH;

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

    static class OneService implements ServiceCatalog {

        volatile String channel = "chat";

        @Override
        public List<String> services() {
            return List.of("shop");
        }

        @Override
        public Optional<ServiceDefinition> find(String service) {
            return Optional.of(pinned(1));
        }

        @Override
        public Optional<Pinned> pin(String service) {
            return Optional.empty();
        }

        @Override
        public ServiceDefinition pinned(long id) {
            return SampleService.called("shop")
                    .with(new ServiceDefinition.Communication(
                            new ServiceDefinition.ChannelChoice(
                                    channel, "#shop", new Settings(Map.of("token", "secret"))),
                            List.of()))
                    .definition();
        }

        @Override
        public List<String> problems() {
            return List.of();
        }
    }
}

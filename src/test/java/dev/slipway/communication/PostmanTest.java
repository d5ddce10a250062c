package dev.slipway.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.ChannelChoice;
import dev.slipway.catalog.ServiceDefinition.Communication;
import dev.slipway.catalog.Settings;
import dev.slipway.release.ColumnNames;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseLink;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages to a channel outside, on a database in memory, with a channel that fails when the test says so. */
@DataJdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    ColumnNames.class,
    Releases.class,
    Timeline.class,
    ReleaseLink.class,
    Announcements.class,
    ChannelMessages.class,
    Postman.class,
    PostmanTest.Edges.class
})
class PostmanTest {

    @Autowired
    Announcements announcements;

    @Autowired
    ChannelMessages memory;

    @Autowired
    Postman postman;

    @Autowired
    OutgoingMessageRepository messages;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @Autowired
    Chat chat;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @MockitoBean
    ServiceCatalog catalog;

    private Instant now;
    private Release release;

    @BeforeEach
    void a_release_that_is_talked_about_outside() {
        jdbc.sql("delete from outgoing_message").update();
        jdbc.sql("insert into service_definition (service, digest, text, pinned_at) values (?, ?, ?, ?)")
                .params(
                        "checkout",
                        Integer.toString(System.identityHashCode(this)),
                        "x",
                        Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .update();
        var pinned = jdbc.sql("select max(id) from service_definition")
                .query(Long.class)
                .single();
        given(catalog.pinned(pinned))
                .willReturn(SampleService.called("checkout")
                        .with(new Communication(
                                new ChannelChoice("chat", "#releases", new Settings(Map.of("token", "t"))),
                                List.of("support")))
                        .definition());
        release = releases.open(SampleRequest.of("checkout", "1.5.0").request(), pinned, "1.4.2");
        chat.said.clear();
        chat.tries.set(0);
        chat.refuses = null;
        chat.broken = null;
        at(Instant.parse("2026-11-24T10:00:00Z"));
    }

    @Test
    void a_message_is_said_after_its_step_and_once() {
        announcements.sayTo(release.id(), "support", "thread", "subject", "text");
        assertThat(chat.said).isEmpty();

        deliver();
        deliver();

        assertThat(chat.said)
                .containsExactly(new Channel.Post(
                        release.id() + ":announce:support",
                        release.id().toString(),
                        "#releases",
                        "support",
                        "thread",
                        "subject",
                        "text",
                        new Settings(Map.of("token", "t"))));
        assertThat(waiting()).isZero();
    }

    @Test
    void what_a_step_that_failed_has_written_is_not_said() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            announcements.say(release.id(), "rollback", null, "subject", "text");
            status.setRollbackOnly();
        });

        deliver();

        assertThat(chat.said).isEmpty();
    }

    @Test
    void a_chat_that_is_down_fails_no_step_and_is_tried_ever_less_often() {
        chat.broken = new UncheckedIOException("Chat answered 503: no reason given.", new IOException());
        announcements.say(release.id(), "rollback", null, "subject", "text");

        deliver();
        deliver();
        assertThat(chat.tries).hasValue(1);
        at(now.plusSeconds(5));
        deliver();
        at(now.plusSeconds(5));
        deliver();
        assertThat(chat.tries).hasValue(2);
        chat.broken = null;
        at(now.plusSeconds(5));
        deliver();

        assertThat(chat.said).hasSize(1);
        assertThat(story()).containsOnlyOnce("Not told yet, and tried again: subject");
    }

    @Test
    void what_one_node_carries_another_leaves_alone_until_it_takes_too_long() {
        announcements.say(release.id(), "rollback", null, "subject", "text");
        var message = messages.due(now, 1).get(0);
        assertThat(messages.claim(message.id(), 0, now.plusSeconds(60))).isEqualTo(1);

        assertThat(messages.claim(message.id(), 0, now.plusSeconds(60))).isZero();
        deliver();
        assertThat(chat.said).isEmpty();

        at(now.plusSeconds(61));
        deliver();
        assertThat(chat.said).hasSize(1);
    }

    @Test
    void after_a_day_it_is_given_up_and_said_so() {
        chat.broken = new IllegalStateException("Chat answered 404: no such channel.");
        announcements.say(release.id(), "rollback", null, "subject", "text");
        deliver();
        at(now.plus(Duration.ofDays(1)).plusSeconds(1));

        deliver();

        assertThat(waiting()).isZero();
        assertThat(timeline.of(release.id())).anySatisfy(entry -> {
            assertThat(entry.what()).isEqualTo("Not told, and given up: subject");
            assertThat(entry.evidence()).isEqualTo("Chat answered 404: no such channel.");
        });
    }

    @Test
    void one_message_that_can_not_be_said_does_not_keep_the_others() {
        announcements.say(release.id(), "first", null, "bad", "text");
        announcements.say(release.id(), "second", null, "good", "text");
        chat.refuses = "bad";

        deliver();

        assertThat(chat.said).extracting(Channel.Post::subject).containsExactly("good");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void a_thread_is_opened_at_once_since_its_link_is_needed() {
        assertThat(announcements.open(release.id())).isEqualTo("https://chat.example.com/1");
        chat.broken = new IllegalStateException("down");
        assertThatThrownBy(() -> announcements.open(release.id())).hasMessage("down");
    }

    @Test
    void what_was_said_is_remembered_though_its_step_fails() {
        var post = SaidBefore.message(null, null, "x", Map.of());
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            assertThat(memory.once(post, () -> "https://chat.example.com/7")).endsWith("/7");
            status.setRollbackOnly();
        });

        assertThat(memory.once(post, () -> {
                    throw new AssertionError("said twice");
                }))
                .endsWith("/7");
    }

    private void deliver() {
        assertThat(postman.deliver()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void at(Instant moment) {
        now = moment;
        given(clock.instant()).willReturn(moment);
    }

    private long waiting() {
        return jdbc.sql("select count(*) from outgoing_message")
                .query(Long.class)
                .single();
    }

    private List<String> story() {
        return timeline.of(release.id()).stream().map(TimelineEntry::what).toList();
    }

    @TestConfiguration
    static class Edges {

        @Bean
        Clock clock() {
            return Mockito.mock(Clock.class, call -> Instant.EPOCH);
        }

        @Bean
        Chat chat() {
            return new Chat();
        }
    }

    /** A channel outside that fails when it is told to. */
    static class Chat implements Channel {
        final List<Post> said = Collections.synchronizedList(new ArrayList<>());
        volatile RuntimeException broken;
        volatile String refuses;
        final AtomicInteger tries = new AtomicInteger();

        @Override
        public String name() {
            return "chat";
        }

        @Override
        public boolean isOutside() {
            return true;
        }

        @Override
        public String open(Post post) {
            post(post);
            return "https://chat.example.com/" + said.size();
        }

        @Override
        public void post(Post post) {
            tries.incrementAndGet();
            if (broken != null) {
                throw broken;
            }
            if (post.subject().equals(refuses)) {
                throw new IllegalStateException("no");
            }
            said.add(post);
        }
    }
}

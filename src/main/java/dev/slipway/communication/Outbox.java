package dev.slipway.communication;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/**
 * Messages to places outside. They are written in the transaction of the step that says them, so that nothing is said
 * that did not happen, and delivered afterwards, so that a chat that is down holds up no release. Delivery is tried
 * again with the same key, after a crash too; channels post a key once. What was tried in vain is kept for operators.
 */
@Service
@EnableConfigurationProperties(OutboxProperties.class)
public class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_PROBLEM = 1_000;
    private static final int MOST_SHOWN = 200;

    private final OutgoingMessageRepository messages;
    private final Releases releases;
    private final ServiceCatalog catalog;
    private final List<Channel> channels;
    private final Timeline timeline;
    private final OutboxProperties properties;
    private final Clock clock;
    private final ExecutorService postmen;

    Outbox(
            OutgoingMessageRepository messages,
            Releases releases,
            ServiceCatalog catalog,
            List<Channel> channels,
            Timeline timeline,
            OutboxProperties properties,
            Clock clock) {
        this.messages = messages;
        this.releases = releases;
        this.catalog = catalog;
        this.channels = channels;
        this.timeline = timeline;
        this.properties = properties;
        this.clock = clock;
        var count = new AtomicInteger();
        this.postmen = Executors.newFixedThreadPool(properties.atOnce(), work -> {
            var thread = new Thread(work, "postman-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the release's one thread, or finds it.
     *
     * @return the link to it
     */
    String open(Release release) {
        var known = messages.thread(release.number());
        if (known.isPresent()) {
            return known.get();
        }
        var definition = definition(release);
        var link = channel(definition)
                .open(post(release, definition, "open", null, null, release.name() + ": " + release.title(), ""));
        messages.keepThread(release.number(), link);
        return link;
    }

    /**
     * Says something in the release's thread; before it is open, where the thread will be.
     *
     * @param what    makes the key unique within the release, such as {@code announce:qa}
     * @param team    one of Slipway's groups that it is for; null where it is for everybody
     * @param subject subject first, in one line
     * @param text    Markdown
     */
    void put(ReleaseId id, String what, String team, String subject, String text) {
        var release = releases.get(id);
        var definition = definition(release);
        var channel = channel(definition);
        var line = cut(subject, LONGEST_SUBJECT);
        var body = cut(text == null ? "" : text, LONGEST_TEXT);
        if (channel.isOutside()) {
            messages.add(id + ":" + what, release.number(), channel.name(), team, line, body, clock.instant());
        } else {
            channel.post(post(release, definition, what, team, thread(release), line, body));
        }
    }

    /**
     * Begins to deliver what is due.
     *
     * @return done when all of it was tried
     */
    CompletableFuture<Void> deliver() {
        var now = clock.instant();
        return CompletableFuture.allOf(messages.due(now, properties.atOnce()).stream()
                .filter(message -> messages.claim(message.id(), now, now.plus(properties.lease())) > 0)
                .map(message -> CompletableFuture.runAsync(() -> deliver(message), postmen))
                .toArray(CompletableFuture[]::new));
    }

    private void deliver(OutgoingMessage message) {
        try {
            var release = releases.get(message.release());
            var definition = definition(release);
            var what = message.messageKey().substring(message.messageKey().indexOf(':') + 1);
            named(message.channel())
                    .post(post(
                            release,
                            definition,
                            what,
                            message.team(),
                            thread(release),
                            message.subject(),
                            message.text()));
            messages.delivered(message.id(), clock.instant());
        } catch (RuntimeException e) {
            failed(message, e);
        }
    }

    private void failed(OutgoingMessage message, RuntimeException e) {
        var failures = message.attempts() + 1;
        var problem = cut(e.getMessage() == null ? e.toString() : e.getMessage(), LONGEST_PROBLEM);
        if (failures < properties.attempts()) {
            var pause = properties.pause(failures);
            LOG.warn("{} was not delivered, it is tried again in {}: {}", message.messageKey(), pause, problem);
            messages.failed(message.id(), "WAITING", clock.instant().plus(pause), problem);
            return;
        }
        LOG.error("{} was not delivered in {} attempts and is given up: {}", message.messageKey(), failures, problem);
        messages.failed(message.id(), "DEAD", clock.instant(), problem);
        timeline.record(
                message.release(),
                Actor.machine("communication"),
                "Not delivered by " + message.channel() + ": " + message.subject(),
                problem);
    }

    /** @return messages in that state, the newest first, 200 at most */
    public List<OutgoingMessage> in(OutgoingMessage.State state) {
        return messages.in(state.name(), MOST_SHOWN);
    }

    long countIn(OutgoingMessage.State state) {
        return messages.countIn(state.name());
    }

    /**
     * Has a dead message tried again.
     *
     * @throws Refusal.NotFound where there is none
     * @throws Refusal.Conflict where it is not dead
     */
    public OutgoingMessage revive(long id) {
        var message = messages.findById(id).orElseThrow(() -> new Refusal.NotFound("There is no message " + id + "."));
        if (messages.revive(id, clock.instant()) == 0) {
            throw new Refusal.Conflict("Message " + id + " is not dead: it is " + message.state() + ".");
        }
        return messages.findById(id).orElseThrow();
    }

    private String thread(Release release) {
        return messages.thread(release.number()).orElse(null);
    }

    private ServiceDefinition definition(Release release) {
        return catalog.pinned(release.definitionId());
    }

    private Channel channel(ServiceDefinition definition) {
        return named(definition.communication().channel().type());
    }

    private Channel named(String type) {
        return channels.stream()
                .filter(channel -> channel.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no channel " + type));
    }

    /** Settings hold secrets: they are read when they are needed, and kept nowhere. */
    private static Channel.Post post(
            Release release,
            ServiceDefinition definition,
            String what,
            String team,
            String thread,
            String subject,
            String text) {
        var chosen = definition.communication().channel();
        return new Channel.Post(
                release.id() + ":" + what,
                release.id().toString(),
                chosen.name(),
                team,
                thread,
                subject,
                text,
                definition.settingsOf(chosen.type()).with(chosen.settings()));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    @PreDestroy
    void stop() {
        postmen.shutdownNow();
    }
}

package dev.slipway.communication;

import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries messages to channels outside, after the step that wrote them is stored: nothing is said that did not happen,
 * and neither a person's answer nor a rollback waits for a chat. What can't be said is tried for a day, ever less often;
 * the timeline tells so.
 */
@Component
class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final int MOST_AT_ONCE = 50;
    private static final int CARRIERS = 4;
    /** Longer than one message may take; as long another node waits where this one was killed. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration GIVES_UP_AFTER = Duration.ofDays(1);
    private static final Actor POSTMAN = Actor.machine("communication");

    private final OutgoingMessageRepository messages;
    private final Announcements announcements;
    private final Timeline timeline;
    private final Clock clock;
    private final ExecutorService carriers = Executors.newFixedThreadPool(CARRIERS, work -> {
        var thread = new Thread(work, "postman");
        thread.setDaemon(true);
        return thread;
    });

    Postman(OutgoingMessageRepository messages, Announcements announcements, Timeline timeline, Clock clock) {
        this.messages = messages;
        this.announcements = announcements;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Tries what is due: of one release in the order in which it was written, of several at the same time.
     *
     * @return done when all of it was tried
     */
    CompletableFuture<Void> deliver() {
        var byRelease = messages.due(clock.instant(), MOST_AT_ONCE).stream()
                .collect(
                        Collectors.groupingBy(OutgoingMessage::releaseNumber, LinkedHashMap::new, Collectors.toList()));
        return CompletableFuture.allOf(byRelease.values().stream()
                .map(some -> CompletableFuture.runAsync(() -> some.forEach(this::carryOnce), carriers))
                .toArray(CompletableFuture[]::new));
    }

    private void carryOnce(OutgoingMessage message) {
        if (messages.claim(message.id(), message.tries(), clock.instant().plus(LEASE)) > 0) {
            carry(message);
        }
    }

    private void carry(OutgoingMessage message) {
        try {
            announcements.carry(message);
            messages.remove(message.id());
        } catch (RuntimeException e) {
            failed(message, e);
        }
    }

    private void failed(OutgoingMessage message, RuntimeException e) {
        var release = new ReleaseId(message.releaseNumber());
        messages.tryAgain(message.id(), clock.instant().plus(pause(message.tries())));
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (clock.instant().isAfter(message.writtenAt().plus(GIVES_UP_AFTER))) {
            messages.remove(message.id());
            LOG.error("{}: given up after {} tries: {}", message.messageKey(), message.tries() + 1, why);
            timeline.record(release, POSTMAN, "Not told, and given up: " + message.subject(), why);
        } else if (message.tries() == 0) {
            LOG.warn("{} could not be told; it is tried again: {}", message.messageKey(), why);
            timeline.record(release, POSTMAN, "Not told yet, and tried again: " + message.subject(), why);
        }
    }

    private static Duration pause(int tries) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @PreDestroy
    void stop() {
        carriers.shutdownNow();
    }
}

package dev.slipway.communication;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** Says things about a release in its one thread (COM-3). Everything said carries a key, so that it is said once. */
@Service
class Announcements {

    private static final int LONGEST_SUBJECT = 1_000;
    private static final int LONGEST_TEXT = 20_000;

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final List<Channel> channels;
    private final OutgoingMessageRepository outgoing;
    private final Timeline timeline;
    private final Clock clock;

    Announcements(
            Releases releases,
            ServiceCatalog catalog,
            List<Channel> channels,
            OutgoingMessageRepository outgoing,
            Timeline timeline,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.channels = channels;
        this.outgoing = outgoing;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Opens the thread.
     *
     * @return the link to it
     */
    String open(ReleaseId id) {
        var release = releases.get(id);
        var definition = definition(id);
        var link = channel(definition)
                .open(post(id, definition, "open", null, null, release.name() + ": " + release.title(), ""));
        timeline.record(id, Actor.machine("communication"), "Thread opened: " + link);
        return link;
    }

    /**
     * @param what    makes the key unique within the release, such as {@code announce:qa}
     * @param thread  what {@link #open} returned; may be null
     * @param subject subject first, in one line
     * @param text    Markdown
     */
    void say(ReleaseId id, String what, String thread, String subject, String text) {
        say(id, what, null, thread, subject, text);
    }

    /**
     * Says what concerns one team.
     *
     * @param team one of Slipway's groups
     */
    void sayTo(ReleaseId id, String team, String thread, String subject, String text) {
        say(id, "announce:" + team, team, thread, subject, text);
    }

    private void say(ReleaseId id, String what, String team, String thread, String subject, String text) {
        var definition = definition(id);
        var post = post(id, definition, what, team, thread, subject, text);
        var channel = channel(definition);
        if (channel.isOutside()) {
            outgoing.add(
                    post.key(),
                    id.number(),
                    team,
                    thread,
                    cut(subject, LONGEST_SUBJECT),
                    cut(text, LONGEST_TEXT),
                    clock.instant());
        } else {
            channel.post(post);
        }
        timeline.record(id, Actor.machine("communication"), subject, text);
    }

    /** Says what was written before, now. */
    void carry(OutgoingMessage message) {
        var id = new ReleaseId(message.releaseNumber());
        var definition = definition(id);
        var what = message.messageKey().substring(message.messageKey().indexOf(':') + 1);
        channel(definition)
                .post(post(id, definition, what, message.team(), message.thread(), message.subject(), message.text()));
    }

    private static String cut(String text, int longest) {
        if (text == null) {
            return "";
        }
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** @return what the service was told to be when the release opened */
    ServiceDefinition definition(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId());
    }

    private static Channel.Post post(
            ReleaseId id,
            ServiceDefinition definition,
            String what,
            String team,
            String thread,
            String subject,
            String text) {
        var chosen = definition.communication().channel();
        return new Channel.Post(
                id + ":" + what,
                id.toString(),
                chosen.name(),
                team,
                thread,
                subject,
                text,
                definition.settingsOf(chosen.type()).with(chosen.settings()));
    }

    private Channel channel(ServiceDefinition definition) {
        var type = definition.communication().channel().type();
        return channels.stream()
                .filter(channel -> channel.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no channel " + type));
    }
}

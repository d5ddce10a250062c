package dev.slipway.communication;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.util.List;
import org.springframework.stereotype.Service;

/** Says things about a release in its one thread (COM-3). Everything said carries a key, so that it is said once. */
@Service
class Announcements {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final List<Channel> channels;
    private final Timeline timeline;

    Announcements(Releases releases, ServiceCatalog catalog, List<Channel> channels, Timeline timeline) {
        this.releases = releases;
        this.catalog = catalog;
        this.channels = channels;
        this.timeline = timeline;
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
                .open(post(id, definition, "open", null, release.name() + ": " + release.title(), ""));
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
        var definition = definition(id);
        channel(definition).post(post(id, definition, what, thread, subject, text));
        timeline.record(id, Actor.machine("communication"), subject, text);
    }

    /** @return what the service was told to be when the release opened */
    ServiceDefinition definition(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId());
    }

    private static Channel.Post post(
            ReleaseId id, ServiceDefinition definition, String what, String thread, String subject, String text) {
        var chosen = definition.communication().channel();
        return new Channel.Post(
                id + ":" + what,
                id.toString(),
                chosen.name(),
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

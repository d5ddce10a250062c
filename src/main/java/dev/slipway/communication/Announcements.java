package dev.slipway.communication;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import org.springframework.stereotype.Service;

/** Says things about a release in its one thread (COM-3). Everything said carries a key, so that it is said once. */
@Service
class Announcements {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Outbox outbox;
    private final Timeline timeline;

    Announcements(Releases releases, ServiceCatalog catalog, Outbox outbox, Timeline timeline) {
        this.releases = releases;
        this.catalog = catalog;
        this.outbox = outbox;
        this.timeline = timeline;
    }

    /**
     * Opens the thread.
     *
     * @return the link to it
     */
    String open(ReleaseId id) {
        var link = outbox.open(releases.get(id));
        timeline.record(id, Actor.machine("communication"), "Thread opened: " + link);
        return link;
    }

    /**
     * @param what    makes the key unique within the release, such as {@code announce:qa}
     * @param subject subject first, in one line
     * @param text    Markdown
     */
    void say(ReleaseId id, String what, String subject, String text) {
        say(id, what, null, subject, text);
    }

    /**
     * Says what concerns one team.
     *
     * @param team one of Slipway's groups
     */
    void sayTo(ReleaseId id, String team, String subject, String text) {
        say(id, "announce:" + team, team, subject, text);
    }

    private void say(ReleaseId id, String what, String team, String subject, String text) {
        outbox.put(id, what, team, subject, text);
        timeline.record(id, Actor.machine("communication"), subject, text);
    }

    /** @return what the service was told to be when the release opened */
    ServiceDefinition definition(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId());
    }
}

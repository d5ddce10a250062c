package dev.slipway.release;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes evidence that pipelines and people attach to a release beside its forms. */
@Service
public class Evidences {

    private static final int LONGEST = 2_000;
    private static final Set<Evidence.Result> ATTACHABLE =
            EnumSet.of(Evidence.Result.PASSED, Evidence.Result.FAILED, Evidence.Result.NOTED);

    private final Releases releases;
    private final EvidenceRepository evidence;
    private final Timeline timeline;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Evidences(
            Releases releases,
            EvidenceRepository evidence,
            Timeline timeline,
            Clock clock,
            ApplicationEventPublisher events) {
        this.releases = releases;
        this.evidence = evidence;
        this.timeline = timeline;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param requirement id of a requirement, such as {@code PRE-3}
     * @param outcome     PASSED, FAILED or NOTED
     * @param summary     1 to 2,000 characters
     * @param link        http or https, at most 2,000 characters; may be null
     * @param by          user id of who attaches it
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.BadInput where a value can't be accepted
     */
    @Transactional
    public Evidence attach(
            ReleaseId id, String requirement, Evidence.Result outcome, String summary, String link, String by) {
        var release = releases.get(id);
        var met = Requirement.of(requirement)
                .orElseThrow(() -> new Refusal.BadInput(
                        "requirement", "requirement " + requirement + " is unknown. Give an id such as PRE-3."));
        if (outcome == null || !ATTACHABLE.contains(outcome)) {
            throw new Refusal.BadInput("outcome", "outcome must be PASSED, FAILED or NOTED.");
        }
        if (summary == null || summary.isBlank() || summary.length() > LONGEST) {
            throw new Refusal.BadInput(
                    "summary", "summary must be 1 to 2,000 characters that say what was found, in words.");
        }
        checkLink(link);
        var kept = evidence.save(new Evidence(
                null,
                release.number(),
                met.id(),
                outcome,
                summary.strip(),
                link,
                "pipeline",
                null,
                null,
                by,
                clock.instant()));
        timeline.record(
                id,
                Actor.person(by),
                "Evidence for " + met.id() + " (" + outcome.name().toLowerCase(Locale.ROOT) + "): " + kept.summary(),
                link);
        events.publishEvent(new EvidenceAttached(id, met.id()));
        return kept;
    }

    private static void checkLink(String link) {
        if (link == null) {
            return;
        }
        if (link.length() > LONGEST || !isWebAddress(link)) {
            throw new Refusal.BadInput(
                    "link", "link must be an address that begins with http:// or https://, at most 2,000 characters.");
        }
    }

    private static boolean isWebAddress(String link) {
        try {
            var uri = new URI(link);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

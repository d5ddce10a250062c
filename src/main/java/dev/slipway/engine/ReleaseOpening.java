package dev.slipway.engine;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Checks a request against the service's definition and opens the release. The one door for API, form and message. */
@Component
class ReleaseOpening {

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

    private final ServiceCatalog catalog;
    private final Releases releases;
    private final Clock clock;

    ReleaseOpening(ServiceCatalog catalog, Releases releases, Clock clock) {
        this.catalog = catalog;
        this.releases = releases;
        this.clock = clock;
    }

    /** @throws Refusal.BadInput naming the field at fault */
    Release open(ReleaseRequest request) {
        check(request);
        var pinned = catalog.pin(request.service()).orElseThrow(() -> unknown(request.service()));
        var serving = servingVersion(request.service(), pinned.definition());
        if (request.version().equals(serving)) {
            throw new Refusal.BadInput(
                    "version", request.service() + " " + serving + " serves already. Name the version to release.");
        }
        checkBarred(request);
        return releases.open(request, pinned.id(), serving);
    }

    /** @return the definition in force for a request that has been checked */
    ServiceDefinition definition(Release release) {
        return catalog.pinned(release.definitionId());
    }

    private String servingVersion(String service, ServiceDefinition definition) {
        return releases.lastSuccessfulVersion(service)
                .orElse(definition.rollout().serving());
    }

    /** WIN-5: a version that was hauled back does not come again by itself, or by a pipeline that knows nothing of it. */
    private void checkBarred(ReleaseRequest request) {
        longest("againBecause", request.againBecause(), 1_000);
        if (request.againBecause() != null && !request.againBecause().isBlank()) {
            return;
        }
        releases.hauledBack(request.service(), request.version()).ifPresent(earlier -> {
            throw new Refusal.BadInput(
                    "againBecause",
                    earlier.name() + " was hauled back (" + earlier.id()
                            + ") and is barred. Release a new version, or say in againBecause why this one may come"
                            + " again.");
        });
    }

    private void check(ReleaseRequest request) {
        required("service", request.service(), 100);
        required("version", request.version(), 100);
        required("title", request.title(), 200);
        if (catalog.find(request.service()).isEmpty()) {
            throw unknown(request.service());
        }
        if (!VERSION.matcher(request.version()).matches()) {
            throw new Refusal.BadInput(
                    "version",
                    "A version consists of letters, digits and . _ + - only, and begins with one of the first two.");
        }
        longest("owner", request.owner(), 255);
        longest("fromRevision", request.fromRevision(), 200);
        longest("toRevision", request.toRevision(), 200);
        longest("dependencies", request.dependencies(), 20_000);
        longest("rollbackPlan", request.rollbackPlan(), 20_000);
        longest("manualSteps", String.join("\n", request.manualSteps()), 20_000);
        for (var change : request.changes()) {
            required("changes", change.title(), 1_000);
            longest("changes", change.reference(), 1_000);
        }
        if (request.windowEnd() != null) {
            if (request.windowStart() != null && !request.windowEnd().isAfter(request.windowStart())) {
                throw new Refusal.BadInput("window.end", "The window must end after it starts.");
            }
            if (!request.windowEnd().isAfter(clock.instant())) {
                throw new Refusal.BadInput("window.end", "The window is over already. Book one in the future.");
            }
        }
    }

    private Refusal unknown(String service) {
        var known = catalog.services();
        return new Refusal.BadInput(
                "service",
                "There is no service " + service + ". "
                        + (known.isEmpty()
                                ? "No service is defined yet: add a file to the services folder."
                                : "Services that can be released: " + String.join(", ", known) + "."));
    }

    private static void required(String field, String text, int longest) {
        if (text == null || text.isBlank()) {
            throw new Refusal.BadInput(field, field + " is missing.");
        }
        longest(field, text, longest);
    }

    private static void longest(String field, String text, int longest) {
        if (text != null && text.length() > longest) {
            throw new Refusal.BadInput(
                    field, field + " is too long: " + text.length() + " characters, at most " + longest + ".");
        }
    }
}

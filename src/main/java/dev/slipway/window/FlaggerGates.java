package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Actor;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import dev.slipway.window.FlaggerReport.Stage;
import dev.slipway.window.Gate.Decision;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Answers Flagger, which moves the traffic of a service itself and asks before each step. What it lets Slipway know is
 * kept; the orders of the release wait until it says that they are done.
 */
@Service
public class FlaggerGates {

    /** The deployer that a service names where Flagger leads. */
    public static final String DEPLOYER = "flagger";

    /** Setting: the name of the Canary; the service's own where it is not set. */
    public static final String CANARY = "canary";

    public static final String NAMESPACE = "namespace";

    private static final Actor FLAGGER = Actor.machine(DEPLOYER);
    private static final Pattern WEIGHT = Pattern.compile("canary weight (\\d{1,3}(?:\\.\\d+)?)$");
    /** Flagger looks at a Canary every 10 s at most: what is asked sooner is the same question, sent again. */
    private static final Duration SAME_QUESTION = Duration.ofSeconds(10);

    private static final int LONGEST_MESSAGE = 500;

    private final ServiceCatalog catalog;
    private final Releases releases;
    private final Gates gates;
    private final FlaggerReportRepository reports;
    private final ReleaseFlow flow;
    private final Timeline timeline;
    private final Clock clock;

    FlaggerGates(
            ServiceCatalog catalog,
            Releases releases,
            Gates gates,
            FlaggerReportRepository reports,
            ReleaseFlow flow,
            Timeline timeline,
            Clock clock) {
        this.catalog = catalog;
        this.releases = releases;
        this.gates = gates;
        this.reports = reports;
        this.flow = flow;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Where Flagger calls. */
    public enum Hook {
        CONFIRM_ROLLOUT,
        PRE_ROLLOUT,
        CONFIRM_TRAFFIC_INCREASE,
        CONFIRM_PROMOTION,
        POST_ROLLOUT,
        ROLLBACK,
        EVENT
    }

    /**
     * What Flagger sends.
     *
     * @param service   which service is meant
     * @param version   which version is rolled out
     * @param canary    name of the Canary
     * @param namespace of the Canary
     * @param phase     of the Canary
     * @param checksum  of the revision that Flagger analyses; may be null
     * @param message   of an event; may be null
     */
    public record Call(
            String service,
            String version,
            String canary,
            String namespace,
            String phase,
            String checksum,
            String message) {}

    /**
     * @return GO where Flagger may do what the hook is about; of {@link Hook#ROLLBACK}: where it is to roll back
     * @throws Refusal.NotFound where there is no such service, or no release of that version
     * @throws Refusal.Conflict where the release is not rolled out by this Canary
     */
    public Gate answer(Hook hook, Call call) {
        var release = release(call);
        reports.findById(release.number()).map(FlaggerReport::trouble).ifPresent(trouble -> haulBack(release, trouble));
        return switch (hook) {
            case CONFIRM_ROLLOUT -> confirmRollout(release);
            case PRE_ROLLOUT -> begin(release, call);
            case CONFIRM_TRAFFIC_INCREASE -> confirmTrafficIncrease(release, call);
            case CONFIRM_PROMOTION -> confirmPromotion(release);
            case ROLLBACK -> rollback(release);
            case POST_ROLLOUT, EVENT -> hear(release, hook, call);
        };
    }

    private Release release(Call call) {
        if (catalog.find(call.service()).isEmpty()) {
            throw new Refusal.NotFound("There is no service " + call.service() + ".");
        }
        var release = releases.latest(call.service(), call.version())
                .orElseThrow(() -> new Refusal.NotFound("There is no release of " + call.service() + " "
                        + call.version() + ". Open one, and give its version as metadata.version of the webhook."));
        var definition = catalog.pinned(release.definitionId());
        if (!DEPLOYER.equals(definition.rollout().deployer())) {
            throw new Refusal.Conflict(
                    release.name() + " is rolled out by " + definition.rollout().deployer()
                            + ", not by Flagger. Name deployer flagger in its service definition before the release is opened.");
        }
        var settings = definition.settingsOf(DEPLOYER);
        var canary = settings.text(CANARY).orElse(call.service());
        var namespace = settings.required(NAMESPACE);
        if (!canary.equals(call.canary()) || !namespace.equals(call.namespace())) {
            throw new Refusal.Conflict(release.name() + " is rolled out by Canary " + canary + " in namespace "
                    + namespace + ", not by " + call.canary() + " in " + call.namespace() + ".");
        }
        return release;
    }

    private Gate confirmRollout(Release release) {
        var gate = gates.of(release.id());
        if (gate.decision() != Decision.GO) {
            return gate;
        }
        if (!isRollingOut(release)) {
            return isOver(release);
        }
        var report = reports.findById(release.number());
        if (report.isEmpty()) {
            start(release);
        }
        return report.flatMap(FlaggerGates::barred).orElse(gate);
    }

    private Gate begin(Release release, Call call) {
        if (!isRollingOut(release)) {
            var gate = gates.of(release.id());
            return gate.decision() == Decision.GO ? isOver(release) : gate;
        }
        var report = reports.findById(release.number()).orElseGet(() -> start(release));
        if (report.stage() == Stage.ANALYSING && (report.weight() > 0 || !isSameRevision(report, call))) {
            // This hook is called before the first weight only.
            trouble(
                    release,
                    "Flagger began anew" + (isSameRevision(report, call) ? "" : " with another revision")
                            + ": something that it tracks has changed during the rollout.");
        }
        var barred = reports.findById(release.number()).flatMap(FlaggerGates::barred);
        if (barred.isPresent()) {
            return barred.get();
        }
        if (report.stage() == Stage.STARTING) {
            reports.analysing(release.number(), call.checksum(), clock.instant());
            timeline.record(release.id(), FLAGGER, "The canary of " + release.name() + " is ready, without traffic.");
        }
        return new Gate(Decision.GO, List.of("Flagger leads the rollout of " + release.name() + "."));
    }

    private Gate confirmTrafficIncrease(Release release, Call call) {
        if (isPassed(release)) {
            return passed(release);
        }
        var gate = gates.of(release.id());
        if (gate.decision() != Decision.GO) {
            return gate;
        }
        var known = reports.findById(release.number()).filter(report -> report.stage() != Stage.STARTING);
        if (known.isEmpty()) {
            return wait("Flagger has not called hook pre-rollout for " + release.name() + " yet.");
        }
        var report = known.get();
        if (report.stage() == Stage.ANALYSING && !isSameRevision(report, call)) {
            trouble(release, "Flagger analyses another revision than the one it began with.");
            return barred(reports.findById(release.number()).orElseThrow()).orElseThrow();
        }
        return barred(report).orElseGet(() -> nextStep(release, report));
    }

    /** Once for each weight: were it let go on again before it has said what it gives, it could be a step ahead. */
    private Gate nextStep(Release release, FlaggerReport report) {
        var wanted = wantedWeight(release).filter(weight -> weight > report.weight());
        if (wanted.isEmpty()) {
            return wait(release.name() + " keeps " + Wording.percent(report.weight())
                    + " of traffic until what is seen there has passed.");
        }
        var now = clock.instant();
        if (report.letGoAt() != null && report.letGoAt().plus(SAME_QUESTION).isBefore(now)) {
            return wait("Flagger was let go on and has not said which weight it gives. Look at its event hook.");
        }
        reports.letGo(release.number(), now);
        return new Gate(
                Decision.GO,
                List.of(Wording.percent(wanted.get()) + " of traffic for " + release.name() + " were ordered."));
    }

    private Gate confirmPromotion(Release release) {
        if (isPassed(release)) {
            return passed(release);
        }
        var gate = gates.of(release.id());
        return gate.decision() == Decision.GO
                ? wait(release.name() + " has not passed its observation period yet (phase " + release.phase() + ").")
                : gate;
    }

    private Gate rollback(Release release) {
        return isRollbackOrdered(release)
                ? new Gate(Decision.GO, List.of("All traffic of " + release.name() + " goes back."))
                : wait("Nobody ordered to give the traffic of " + release.name() + " back.");
    }

    private Gate hear(Release release, Hook hook, Call call) {
        var heard = new Gate(Decision.GO, List.of("Heard."));
        var report = reports.findById(release.number()).orElse(null);
        // Before the analysis begins, events still bear the phase in which the last one ended.
        if (report == null
                || report.stage() == Stage.FAILED
                || (hook == Hook.EVENT && report.stage() == Stage.STARTING)) {
            return heard;
        }
        switch (call.phase()) {
            case "Failed" -> failed(release, call.message());
            case "Promoting", "Finalising", "Succeeded" -> promoted(release, report);
            case "Progressing" -> weight(release, report, call.message());
            default -> {
                // Nothing changes while it waits.
            }
        }
        return heard;
    }

    private void failed(Release release, String message) {
        var ordered = isRollbackOrdered(release);
        reports.ended(release.number(), Stage.FAILED.name(), 0, clock.instant());
        timeline.record(release.id(), FLAGGER, "All traffic is back, Flagger reports.", cut(message));
        if (!ordered) {
            trouble(release, "Flagger gave up" + (message == null ? "." : ": " + cut(message)));
        }
    }

    private void promoted(Release release, FlaggerReport report) {
        if (report.stage() == Stage.PROMOTED) {
            return;
        }
        reports.ended(release.number(), Stage.PROMOTED.name(), 100, clock.instant());
        timeline.record(release.id(), FLAGGER, release.name() + " becomes the primary version, Flagger reports.");
        if (!isPassed(release)) {
            trouble(
                    release,
                    "Flagger promoted " + release.name()
                            + " before it was told to. Add hook confirm-promotion to its Canary.");
        }
    }

    private void weight(Release release, FlaggerReport report, String message) {
        var said = message == null ? null : WEIGHT.matcher(message.strip());
        if (said == null || !said.find()) {
            return;
        }
        var weight = Double.parseDouble(said.group(1));
        reports.weighs(release.number(), weight, clock.instant());
        if (weight == report.weight()) {
            return;
        }
        timeline.record(release.id(), FLAGGER, Wording.percent(weight) + " of traffic, Flagger reports.");
        var wanted = wantedWeight(release).orElse(report.weight());
        if (weight > wanted || weight < report.weight()) {
            trouble(
                    release,
                    "Flagger gives " + Wording.percent(weight) + " of traffic to " + release.name() + " where "
                            + Wording.percent(wanted)
                            + " were ordered. Let stepWeights of its Canary meet every weight of"
                            + " rollout.steps, and add hook confirm-traffic-increase.");
        }
    }

    private void trouble(Release release, String why) {
        if (reports.trouble(release.number(), why) > 0) {
            timeline.record(release.id(), FLAGGER, why);
        }
        haulBack(release, why);
    }

    /**
     * By the order that waits for Flagger, where one does, else by a word of its own.
     *
     * @throws IllegalStateException where the release did not hear it; Flagger calls again, and it is told again
     */
    private void haulBack(Release release, String why) {
        if (!isUnderWay(release)) {
            return;
        }
        var doesOrder = reports.lastOrder(release.number())
                .filter(order -> reports.leadsBack(order.id()))
                .isPresent();
        if (!doesOrder && !flow.tell(release.id(), ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", why))) {
            throw new IllegalStateException(
                    release.id() + " is just between two steps and did not hear that " + why + " Call the hook again.");
        }
    }

    private FlaggerReport start(Release release) {
        try {
            reports.add(release.number(), clock.instant());
            timeline.record(release.id(), FLAGGER, "Flagger may begin with " + release.name() + ".");
        } catch (DuplicateKeyException e) {
            // Asked twice at once: it began with the other question.
        }
        return reports.findById(release.number()).orElseThrow();
    }

    private Optional<Double> wantedWeight(Release release) {
        return reports.lastOrder(release.number())
                .filter(order -> is(order, "shift"))
                .map(DeploymentOrder::weight);
    }

    private boolean isRollbackOrdered(Release release) {
        return reports.lastOrder(release.number())
                .filter(order -> is(order, "rollback"))
                .isPresent();
    }

    private static boolean is(DeploymentOrder order, String what) {
        return order.orderKey().split(":")[1].equals(what);
    }

    private static boolean isUnderWay(Release release) {
        return release.phase() == Phase.RELEASE_WINDOW || release.phase() == Phase.OBSERVATION;
    }

    private static boolean isRollingOut(Release release) {
        return release.phase() == Phase.RELEASE_WINDOW && release.hasTraffic();
    }

    /** @return whether the observation period is over and the version stays */
    private boolean isPassed(Release release) {
        return switch (release.phase()) {
            case FINAL_STATUS, REVIEW, CLOSED -> gates.of(release.id()).decision() == Decision.GO;
            default -> false;
        };
    }

    private static boolean isSameRevision(FlaggerReport report, Call call) {
        return report.checksum() == null || report.checksum().equals(call.checksum());
    }

    private static Optional<Gate> barred(FlaggerReport report) {
        if (report.trouble() != null) {
            return Optional.of(new Gate(Decision.NO_GO, List.of(report.trouble())));
        }
        return report.stage() == Stage.FAILED
                ? Optional.of(new Gate(Decision.NO_GO, List.of("Flagger has given all traffic back.")))
                : Optional.empty();
    }

    private static Gate passed(Release release) {
        return new Gate(Decision.GO, List.of(release.name() + " has passed its observation period."));
    }

    private static Gate isOver(Release release) {
        return new Gate(
                Decision.NO_GO,
                List.of("The rollout of " + release.name() + " is over. Open a release for what has changed since."));
    }

    private static Gate wait(String why) {
        return new Gate(Decision.WAIT, List.of(why));
    }

    private static String cut(String message) {
        return message == null || message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}

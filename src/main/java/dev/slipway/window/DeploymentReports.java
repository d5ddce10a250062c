package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Actor;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what deployers report and tells the release. A report is kept before anybody is told, and told again until the
 * release knows of it: it may come before the step that waits for it is stored.
 */
@Service
public class DeploymentReports {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentReports.class);
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int MOST_AT_ONCE = 200;

    private final ReportTokens tokens;
    private final DeploymentReportRepository reports;
    private final ReleaseFlow flow;
    private final Timeline timeline;
    private final Clock clock;
    private final TransactionTemplate transaction;

    DeploymentReports(
            ReportTokens tokens,
            DeploymentReportRepository reports,
            ReleaseFlow flow,
            Timeline timeline,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.tokens = tokens;
        this.reports = reports;
        this.flow = flow;
        this.timeline = timeline;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Takes a report. The first of an order counts; a repeated one changes nothing.
     *
     * @param token   the last part of the address that the deployer was told to report to
     * @param state   SUCCEEDED or FAILED
     * @param message what the deployer says; may be null
     * @throws Refusal.NotFound where the token was not given out by this server
     * @throws Refusal.BadInput naming {@code state}
     */
    public void receive(String token, String state, String message) {
        var key = tokens.key(token)
                .orElseThrow(() -> new Refusal.NotFound("There is no deployment to report on at this address."));
        take(key, state(state), message);
    }

    /**
     * Takes what a deployer said when it was asked, as if it had reported.
     *
     * @param key   the order's idempotency key
     * @param known SUCCEEDED or FAILED
     */
    void take(String key, DeploymentState known, String message) {
        var release = ReportTokens.release(key);
        var said = said(known, message);
        if (keep(key, release, known, said)) {
            deliver(key, release, known, said);
        }
    }

    /** Tells releases of reports that came too early, and drops those that nobody waits for any more. */
    void sweep() {
        reports.dropStale();
        for (var report : reports.awaited(MOST_AT_ONCE)) {
            var release = new ReleaseId(report.releaseNumber());
            try {
                deliver(report.orderKey(), release, report.state(), report.message());
            } catch (RuntimeException e) {
                // It stays open and is told again by the next sweep; the others must not wait for it.
                LOG.warn("The report on {} could not be told to its release; it is told again.", report.orderKey(), e);
            }
        }
    }

    private boolean keep(String key, ReleaseId release, DeploymentState state, String message) {
        try {
            transaction.executeWithoutResult(status -> {
                reports.add(key, release.number(), state.name(), message, clock.instant());
                timeline.record(release, Actor.machine("deployer"), inWords(key, state), message);
            });
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /**
     * Not in one transaction: the diagram goes on first. Where this breaks off in between, the report is told once more,
     * and no token waits for it then.
     */
    private void deliver(String key, ReleaseId release, DeploymentState state, String message) {
        if (reports.isAwaited(key)
                && flow.tell(release, ReleaseFlow.Event.DEPLOYMENT_REPORTED, details(key, state, message))) {
            reports.claim(key);
        }
    }

    private static Map<String, Object> details(String key, DeploymentState state, String message) {
        var details = new HashMap<String, Object>();
        details.put(WindowVariables.DEPLOYMENT_KEY, key);
        details.put(WindowVariables.DEPLOYMENT_STATE, state.name());
        details.put(WindowVariables.DEPLOYMENT_MESSAGE, message);
        if (state == DeploymentState.FAILED && !aim(key).isRehearsal()) {
            details.put(ReleaseVariables.EXIT_REASON, message);
        }
        return details;
    }

    private static Aim aim(String key) {
        return Aim.of(called(key));
    }

    private static String called(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    private static String inWords(String key, DeploymentState state) {
        var aim = aim(key);
        var parts = aim.what(called(key)).split(":", 2);
        var order = switch (aim.isRehearsal() ? "rehearsal" : parts[0]) {
            case "shift" -> "Shifting traffic, step " + (Integer.parseInt(parts[1]) + 1);
            case "rollback" -> "Rolling back, attempt " + parts[1];
            case "rehearsal" -> "An order of the rehearsal";
            default -> "Deploying the version";
        };
        var part = aim.part() == null ? "" : aim.part().replace("@", " in ") + ": ";
        return part + order + (state == DeploymentState.SUCCEEDED ? " succeeded" : " failed")
                + ", the deployer reports.";
    }

    private static DeploymentState state(String text) {
        if (DeploymentState.SUCCEEDED.name().equals(text)) {
            return DeploymentState.SUCCEEDED;
        }
        if (DeploymentState.FAILED.name().equals(text)) {
            return DeploymentState.FAILED;
        }
        throw new Refusal.BadInput("state", "state: " + quoted(text) + " is not a state. Send SUCCEEDED or FAILED.");
    }

    private static String quoted(String text) {
        return text == null ? "nothing" : "\"" + (text.length() > 50 ? text.substring(0, 50) + "…" : text) + "\"";
    }

    private static String said(DeploymentState state, String message) {
        if (message == null || message.isBlank()) {
            return state == DeploymentState.FAILED ? "The deployer reported a failure and no reason." : null;
        }
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
    }
}

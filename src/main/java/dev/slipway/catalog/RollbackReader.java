package dev.slipway.catalog;

import dev.slipway.catalog.ServiceDefinition.Part;
import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.ServiceDefinition.Rollout;
import dev.slipway.release.RollbackStep;
import dev.slipway.release.VagueWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads section {@code rollback}: the usual way back, and where it is rehearsed. */
final class RollbackReader {

    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");
    private static final Pattern LINE = Pattern.compile("[^\\r\\n]{1,1000}");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_AGE = Duration.ofDays(1_000);
    private static final Duration LONGEST_PROOF = Duration.ofHours(1);
    private static final Duration MAXIMUM_AGE = Duration.ofDays(90);

    private final Place at;
    private final AdapterChoices adapters;
    private final Rollout production;

    /** @param production what serves production, already read */
    RollbackReader(Place at, AdapterChoices adapters, Rollout production) {
        this.at = at;
        this.adapters = adapters;
        this.production = production;
    }

    /** @return null where the file says nothing of it */
    Rollback rollback() {
        if (!at.isPresent()) {
            return null;
        }
        at.allow(List.of("steps", "mitigations", "rehearsal", "recoveredFor"));
        return new Rollback(
                steps(at.at("steps"), "Leave it out where every release writes its own plan."),
                steps(at.at("mitigations"), "Leave it out where nothing is known to help."),
                rehearsal(at.at("rehearsal")),
                at.at("recoveredFor").duration(Rollback.RECOVERED_FOR, Duration.ZERO, LONGEST_PROOF));
    }

    private static List<RollbackStep> steps(Place at, String whenEmpty) {
        var items = at.items();
        if (items.isEmpty() && at.isSequence()) {
            at.object("is empty. " + whenEmpty);
        }
        var steps = new ArrayList<RollbackStep>();
        for (var item : items) {
            if (item.isMapping()) {
                steps.add(step(item));
            } else {
                item.object("is not a step such as {what: restart the workers, who: olga, minutes: 5, verify: queue"
                        + " age below 1 s}.");
            }
        }
        return List.copyOf(steps);
    }

    private static RollbackStep step(Place at) {
        at.allow(List.of("what", "who", "minutes", "verify", "automatic"));
        var automatic = at.at("automatic").flag();
        if (!automatic) {
            at.at("who").required("It says who does it; a step that a machine does is automatic: true.");
        }
        at.at("minutes").required("It says how long the step takes.");
        return new RollbackStep(
                automatic,
                text(at.at("who")),
                minutes(at.at("minutes")),
                said(at.at("what").required("It says what is done."), "what is done"),
                said(
                        at.at("verify").required("It says how to see that the step has worked."),
                        "how to see that it worked"));
    }

    private static Integer minutes(Place at) {
        var number = at.number(1, RollbackStep.LONGEST_MINUTES, "whole minutes (1 to 1440)");
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number)) {
            at.object(at.raw() + " is not whole minutes (1 to 1440).");
        }
        return number.intValue();
    }

    private static String said(Place at, String what) {
        var text = text(at);
        if (text != null && VagueWords.only(text)) {
            at.object(text + " is too vague: say " + what + ".");
        }
        return text;
    }

    private static String text(Place at) {
        var text = at.text();
        if (text != null && !LINE.matcher(text).matches()) {
            at.object("must be one line of at most 1,000 characters.");
        }
        return text;
    }

    private List<Settings> inProduction(String deployer) {
        if (production.parts().isEmpty()) {
            return deployer.equals(production.deployer())
                    ? List.of(adapters.settings().getOrDefault(deployer, Settings.NONE))
                    : List.of();
        }
        return production.parts().stream()
                .filter(part -> part.deployer().equals(deployer))
                .map(Part::settings)
                .toList();
    }

    private RehearsalPlan rehearsal(Place at) {
        if (!at.isPresent()) {
            return null;
        }
        if (at.isMapping()) {
            at.at("target").required("It is what people call the place, such as staging.");
            at.at("deployer").required("It names the adapter that serves the place.");
        }
        var target = at.at("target").text();
        if (target != null && !TARGET.matcher(target).matches()) {
            at.at("target").object(target + " is not the name of a place, such as staging.");
        }
        var deployer = at.at("deployer").text();
        var settings = adapters.chooseElsewhere(Adapter.Kind.DEPLOYER, at.at("deployer"), at, this::inProduction);
        var keys = new ArrayList<>(List.of("target", "deployer", "maximumAge"));
        if (deployer != null) {
            keys.add(deployer);
        }
        at.allow(keys);
        return new RehearsalPlan(
                target, deployer, settings, at.at("maximumAge").duration(MAXIMUM_AGE, DAY, LONGEST_AGE));
    }
}

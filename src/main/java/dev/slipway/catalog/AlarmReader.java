package dev.slipway.catalog;

import dev.slipway.catalog.ServiceDefinition.AlertRule;
import dev.slipway.catalog.ServiceDefinition.Consequence;
import dev.slipway.catalog.ServiceDefinition.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Reads sections {@code alerts} and {@code signals}: what follows from an alert and from problem reports. */
final class AlarmReader {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int MOST_RULES = 100;
    private static final int MOST_REPORTS = 1_000;
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final Duration LEAST_WITHIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_WITHIN = Duration.ofDays(7);

    private final Place root;

    AlarmReader(Place root) {
        this.root = root;
    }

    List<AlertRule> alerts() {
        var at = root.at("alerts");
        var rules = new ArrayList<AlertRule>();
        for (var item : at.items()) {
            rules.add(rule(item));
        }
        if (rules.size() > MOST_RULES) {
            at.object("has " + rules.size() + " rules; at most " + MOST_RULES + " are possible.");
        }
        return List.copyOf(rules);
    }

    private static AlertRule rule(Place at) {
        at.allow(List.of("match", "then"));
        var match = at.at("match");
        if (at.isMapping()) {
            match.required("It says which alerts are meant, such as {alertname: CheckoutDown}.");
            at.at("then").required("It says what follows: fail (rolled back at once) or ask (a person decides).");
        }
        var labels = new LinkedHashMap<String, String>();
        match.entries().forEach((label, place) -> {
            if (!LABEL.matcher(label).matches()) {
                place.object(label + " is not the name of a label, such as severity.");
            }
            var value = place.text();
            if (value == null) {
                place.required("It is the label's value.");
            } else {
                labels.put(label, value);
            }
        });
        if (match.isMapping() && match.entries().isEmpty()) {
            match.object("names no label, so that it would match every alert.");
        }
        return new AlertRule(labels, at.at("then").choice(Consequence.class, Consequence.ASK));
    }

    Signals signals() {
        var at = root.at("signals");
        at.allow(List.of("critical", "high", "low", "within", "then"));
        return new Signals(
                reports(at.at("critical")),
                reports(at.at("high")),
                reports(at.at("low")),
                at.at("within").duration(WITHIN, LEAST_WITHIN, LONGEST_WITHIN),
                at.at("then").choice(Consequence.class, null));
    }

    private static int reports(Place at) {
        var number = at.number(1, MOST_REPORTS, "a number of reports (1 to 1000)");
        if (number == null) {
            return 1;
        }
        if (number != Math.rint(number)) {
            at.object(at.raw() + " is not a number of reports (1 to 1000).");
        }
        return number.intValue();
    }
}

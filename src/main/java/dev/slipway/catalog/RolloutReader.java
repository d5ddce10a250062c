package dev.slipway.catalog;

import dev.slipway.catalog.ServiceDefinition.Part;
import dev.slipway.catalog.ServiceDefinition.Rollout;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads section {@code rollout}: how a version reaches its users, component by component and wave by wave. */
final class RolloutReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
    private static final int MOST_PARTS = 100;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST_REPORT = Duration.ofDays(1);
    private static final Duration LONGEST_BAKE = Duration.ofDays(7);
    private static final Duration REPORT_WITHIN = Duration.ofMinutes(15);
    private static final Duration BAKE = Duration.ofMinutes(5);
    private static final List<Step> AT_ONCE = List.of(new Step(100, BAKE));
    private static final List<Step> GRADUALLY =
            List.of(new Step(5, BAKE), new Step(25, BAKE), new Step(100, Duration.ofMinutes(2)));

    private final Place at;
    private final AdapterChoices adapters;

    RolloutReader(Place at, AdapterChoices adapters) {
        this.at = at;
        this.adapters = adapters;
    }

    /** @param place where its settings may stand; null where the service has one component only */
    private record Component(
            String name, String deployer, Place choice, Strategy strategy, List<Step> steps, Place place) {}

    /** @param place where its settings may stand; null where there is one wave only */
    private record Wave(String name, Place place) {}

    Rollout rollout() {
        at.required("It says how a version reaches its users.");
        var choice = at.at("deployer");
        if (at.isMapping()) {
            choice.required("It names the adapter that moves traffic.");
        }
        var deployer = choice.text();
        var inParts = at.isMapping()
                && (at.at("components").isPresent() || at.at("waves").isPresent());
        var own = inParts
                ? adapters.chooseInParts(Adapter.Kind.DEPLOYER, choice, at)
                : adapters.choose(Adapter.Kind.DEPLOYER, choice, at);
        var keys = new ArrayList<>(
                List.of("deployer", "strategy", "steps", "reportWithin", "serving", "components", "waves"));
        if (deployer != null) {
            adapters.add(deployer, own);
            keys.add(deployer);
        }
        at.allow(keys);
        var strategy = at.at("strategy").choice(Strategy.class, Strategy.CANARY);
        var steps = steps(at.at("steps"), strategy);
        return new Rollout(
                deployer,
                strategy,
                steps,
                at.at("reportWithin").duration(REPORT_WITHIN, SECOND, LONGEST_REPORT),
                at.at("serving").text(),
                inParts && deployer != null ? parts(deployer, choice, strategy, steps) : List.of());
    }

    /** Wave by wave, and in each wave component by component. */
    private List<Part> parts(String deployer, Place choice, Strategy strategy, List<Step> steps) {
        var components = components(deployer, choice, strategy, steps);
        var waves = waves(components);
        if (components.size() * waves.size() > MOST_PARTS) {
            at.object(components.size() + " components in " + waves.size() + " waves are "
                    + components.size() * waves.size() + " parts; at most " + MOST_PARTS + " are possible.");
            return List.of();
        }
        var parts = new ArrayList<Part>();
        for (var wave : waves) {
            for (var component : components) {
                var part = new Part(
                        component.name(),
                        wave.name(),
                        component.deployer(),
                        component.strategy(),
                        component.steps(),
                        settings(component, wave));
                var place = component.place() == null ? wave.place() : component.place();
                parts.stream()
                        .filter(before -> before.deployer().equals(part.deployer())
                                && !adapters.tellsApart(
                                        Adapter.Kind.DEPLOYER, part.deployer(), before.settings(), part.settings()))
                        .findFirst()
                        .ifPresent(before -> place.object(part.inWords() + " and " + before.inWords()
                                + " are told apart by nothing: name settings of " + part.deployer()
                                + " beside each."));
                parts.add(part);
            }
        }
        return parts;
    }

    private Settings settings(Component component, Wave wave) {
        return adapters.complete(
                Adapter.Kind.DEPLOYER,
                component.deployer(),
                component.choice(),
                Stream.of(at, component.place(), wave.place())
                        .filter(place -> place != null)
                        .toList());
    }

    private List<Component> components(String deployer, Place choice, Strategy strategy, List<Step> steps) {
        var listed = at.at("components");
        if (!listed.isPresent()) {
            return List.of(new Component(null, deployer, choice, strategy, steps, null));
        }
        var components = new ArrayList<Component>();
        var names = new HashSet<String>();
        for (var item : items(listed, "components")) {
            var keys = new ArrayList<>(List.of("name", "deployer", "strategy", "steps"));
            var ownChoice = item.at("deployer");
            var own = ownChoice.text();
            if (own != null) {
                adapters.chooseInParts(Adapter.Kind.DEPLOYER, ownChoice, item);
            }
            var chosen = own == null ? deployer : own;
            keys.add(chosen);
            item.allow(keys);
            var name = name(item, names);
            var ownStrategy = item.at("strategy").choice(Strategy.class, strategy);
            var ownSteps = item.at("steps").isPresent() || ownStrategy != strategy
                    ? steps(item.at("steps"), ownStrategy)
                    : steps;
            if (name != null) {
                components.add(new Component(
                        name, chosen, ownChoice.isPresent() ? ownChoice : item, ownStrategy, ownSteps, item));
            }
        }
        return components;
    }

    private List<Wave> waves(List<Component> components) {
        var listed = at.at("waves");
        if (!listed.isPresent()) {
            return List.of(new Wave(null, null));
        }
        var keys = new TreeSet<String>();
        components.forEach(component -> keys.add(component.deployer()));
        keys.add("name");
        var waves = new ArrayList<Wave>();
        var names = new HashSet<String>();
        for (var item : items(listed, "waves")) {
            item.allow(keys);
            var name = name(item, names);
            if (name != null) {
                waves.add(new Wave(name, item));
            }
        }
        return waves;
    }

    private static List<Place> items(Place at, String what) {
        var items = at.items();
        if (items.isEmpty() && at.isSequence()) {
            at.object("is empty. Leave it out where there are no " + what + ".");
        }
        items.stream()
                .filter(item -> !item.isMapping())
                .forEach(item -> item.object("is not a mapping with a name, such as {name: eu-west}."));
        return items.stream().filter(Place::isMapping).toList();
    }

    private static String name(Place item, Collection<String> taken) {
        var place = item.at("name").required("It is what people call this part, such as worker or eu-west.");
        var name = place.text();
        if (name != null && !NAME.matcher(name).matches()) {
            place.object(name + " is not a name: 1 to 41 lower-case letters, digits and hyphens, no hyphen first.");
        } else if (name != null && !taken.add(name)) {
            place.object(name + " stands here twice.");
        }
        return name;
    }

    private static List<Step> steps(Place at, Strategy strategy) {
        if (!at.isPresent()) {
            return strategy == Strategy.CANARY || strategy == Strategy.FEATURE_FLAG ? GRADUALLY : AT_ONCE;
        }
        var items = at.items();
        if (items.isEmpty() && at.isSequence()) {
            at.object("is empty. Leave it out for the usual steps, or end with {weight: 100}.");
        }
        var steps = new ArrayList<Step>();
        var before = 0.0;
        for (var item : items) {
            item.allow(List.of("weight", "bake"));
            var place = item.at("weight");
            if (item.isMapping()) {
                place.required("It is the percentage of traffic.");
            }
            var weight = place.number();
            var bake = item.at("bake").duration(BAKE, SECOND, LONGEST_BAKE);
            if (weight == null) {
                continue;
            }
            if (weight <= 0 || weight > 100) {
                place.object(place.raw() + " is not a percentage of traffic (above 0, at most 100).");
            } else if (weight <= before) {
                place.object(place.raw() + " is not above the step before it (" + percentage(before) + ").");
            } else if (item == items.get(items.size() - 1) && weight < 100) {
                place.object(
                        place.raw() + " is the last step; it must be 100, or the version never reaches everybody.");
            }
            before = Math.max(before, weight);
            steps.add(new Step(weight, bake));
        }
        if (strategy == Strategy.ALL_AT_ONCE && items.size() > 1) {
            at.object("has " + items.size() + " steps, but all-at-once is one step of weight 100."
                    + Suggestion.of("strategy: canary"));
        }
        return List.copyOf(steps);
    }

    private static String percentage(double weight) {
        return weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight);
    }
}

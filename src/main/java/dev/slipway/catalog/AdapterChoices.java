package dev.slipway.catalog;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The adapters that one file names, and their settings: those under the adapter's own name and those beside its use. */
final class AdapterChoices {

    private static final Pattern SETTING = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)(:? )(.*)", Pattern.DOTALL);

    private final Place root;
    private final KnownAdapters known;
    private final SettingsReader reader;
    private final Purpose purpose;
    private final Problems problems;
    private final Set<String> named = new TreeSet<>();
    private final Map<String, Settings> settings = new LinkedHashMap<>();
    private final Set<Asked> asked = new HashSet<>();

    private record Asked(Adapter adapter, Settings settings) {}

    AdapterChoices(Place root, KnownAdapters known, SettingsReader reader, Purpose purpose, Problems problems) {
        this.root = root;
        this.known = known;
        this.reader = reader;
        this.purpose = purpose;
        this.problems = problems;
        var own = root.entries();
        for (var name : known.names()) {
            if (own.containsKey(name) && !DefinitionReader.KEYS.contains(name)) {
                settings.put(name, reader.settings(own.get(name)));
            }
        }
    }

    /**
     * Notes which adapter is chosen.
     *
     * @param choice where its name stands
     * @param beside where further settings may stand under its name
     * @return those further settings
     */
    Settings choose(Adapter.Kind kind, Place choice, Place beside) {
        var name = choice.text();
        if (name == null) {
            return Settings.NONE;
        }
        var more = note(name, beside);
        if (purpose == Purpose.READ_AGAIN) {
            return more;
        }
        var merged = settings.getOrDefault(name, Settings.NONE).with(more);
        find(kind, choice, name).ifPresent(adapter -> ask(adapter, choice, beside.at(name), root.at(name), merged));
        return more;
    }

    /**
     * Notes which adapter is chosen, where its settings are complete only with those of each of several uses.
     *
     * @return those beside the choice
     */
    Settings chooseInParts(Adapter.Kind kind, Place choice, Place beside) {
        var name = choice.text();
        if (name == null) {
            return Settings.NONE;
        }
        var more = note(name, beside);
        if (purpose != Purpose.READ_AGAIN) {
            find(kind, choice, name);
        }
        return more;
    }

    /**
     * One of several uses of an adapter.
     *
     * @param name    of the adapter
     * @param choice  where that stands, or what uses it
     * @param besides where further settings may stand under the adapter's name, the more particular later
     * @return all settings of this use
     */
    Settings complete(Adapter.Kind kind, String name, Place choice, List<Place> besides) {
        var block = root.at(name);
        var merged = settings.getOrDefault(name, Settings.NONE);
        for (var beside : besides) {
            var own = beside.at(name);
            block = own.isPresent() ? own : block;
            merged = merged.with(reader.settings(own));
        }
        if (purpose != Purpose.READ_AGAIN) {
            var all = merged;
            var own = block;
            known.find(kind, name).ifPresent(adapter -> ask(adapter, choice, own, root.at(name), all));
        }
        return merged;
    }

    /**
     * @return whether two uses of an adapter are told apart, by their settings or by what it is told besides; a release
     *     that has chosen keeps its choice
     */
    boolean tellsApart(Adapter.Kind kind, String name, Settings one, Settings other) {
        return purpose == Purpose.READ_AGAIN
                || !one.equals(other)
                || known.find(kind, name).filter(Adapter::tellsPartsApart).isPresent();
    }

    private Settings note(String name, Place beside) {
        named.add(name);
        if (!DefinitionReader.KEYS.contains(name)) {
            settings.computeIfAbsent(name, absent -> reader.settings(root.at(absent)));
        }
        return reader.settings(beside.at(name));
    }

    private Optional<Adapter> find(Adapter.Kind kind, Place choice, String name) {
        var adapter = known.find(kind, name);
        if (adapter.isEmpty()) {
            var names = known.names(kind);
            choice.object(name + " is not a known " + spoken(kind) + "; "
                    + (names.isEmpty() ? "there are none." : "there are " + Place.listed(names) + ".")
                    + Suggestion.among(names, name));
        }
        return adapter;
    }

    /**
     * Notes which adapter serves another place than production. Only settings beside the choice hold there, so that
     * none of production's slips in.
     *
     * @param choice     where its name stands
     * @param beside     where all of its settings stand under its name
     * @param production what the adapter of this name was told for each of its uses in production; may be empty
     * @return those settings
     */
    Settings chooseElsewhere(
            Adapter.Kind kind, Place choice, Place beside, Function<String, List<Settings>> production) {
        var name = choice.text();
        if (name == null) {
            return Settings.NONE;
        }
        named.add(name);
        var own = reader.settings(beside.at(name));
        if (purpose == Purpose.READ_AGAIN) {
            return own;
        }
        var adapter = find(kind, choice, name);
        if (adapter.isPresent()) {
            ask(adapter.get(), choice, beside.at(name), beside.at(name), own);
            if (production.apply(name).stream().anyMatch(used -> adapter.get().isSamePlace(own, used))) {
                choice.object(name + " would order in production: name other settings beside it than those of the"
                        + " rollout.");
            }
        }
        return own;
    }

    /** Lets the chosen adapter check the place that is named beside it. */
    void checkPlace(Adapter.Kind kind, String name, Place place) {
        if (purpose != Purpose.READ_AGAIN && name != null) {
            known.find(kind, name)
                    .ifPresent(adapter -> adapter.problemsOfPlace(place.text()).forEach(place::object));
        }
    }

    /** @return every adapter's name that may be a key of the file */
    Set<String> names() {
        var names = new TreeSet<>(named);
        names.addAll(known.names());
        return names;
    }

    /** @return whether it may be chosen; a release that has chosen keeps its choice */
    boolean isKnown(Adapter.Kind kind, String name) {
        return purpose == Purpose.READ_AGAIN || known.find(kind, name).isPresent();
    }

    /** Adds settings of an adapter that stand elsewhere than under its own name. */
    void add(String adapter, Settings more) {
        settings.merge(adapter, more, Settings::with);
    }

    /** @return by adapter name */
    Map<String, Settings> settings() {
        settings.values().removeIf(one -> one.values().isEmpty());
        return settings;
    }

    /** @param own where settings stand that hold for every use; the same as {@code beside} where only those count */
    private void ask(Adapter adapter, Place choice, Place beside, Place own, Settings merged) {
        if (!asked.add(new Asked(adapter, merged))) {
            return;
        }
        for (var problem : problemsOf(adapter, merged)) {
            var matcher = SETTING.matcher(problem);
            var setting =
                    matcher.matches() && speaksOf(matcher.group(1), matcher.group(3), merged) ? matcher.group(1) : "";
            if (SettingsReader.isOpen(merged.values().get(setting))) {
                // Nothing can be said of a value that is not known here; where it should be, that is reported already.
                continue;
            }
            var block =
                    beside.entries().containsKey(setting) || (!own.isPresent() && beside.isPresent()) ? beside : own;
            var line = block.isPresent() ? block.at(setting).line() : choice.line();
            if (setting.isEmpty()) {
                problems.object(line, block.path(), problem);
            } else {
                problems.object(line, block.path() + "." + setting, matcher.group(3));
            }
        }
    }

    /** Problems begin with the setting's name, be it there or missing. */
    private static boolean speaksOf(String setting, String rest, Settings settings) {
        return settings.values().containsKey(setting) || rest.startsWith("is ") || rest.startsWith("must ");
    }

    private static List<String> problemsOf(Adapter adapter, Settings settings) {
        try {
            return adapter.problems(settings);
        } catch (IllegalArgumentException e) {
            // Settings speak this way of a setting that is missing or no duration.
            return List.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // One file must not keep the others from being read.
            return List.of("These settings can't be checked (" + e.getClass().getSimpleName() + ").");
        }
    }

    private static String spoken(Adapter.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

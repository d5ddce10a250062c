package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.dependency.ChangedUses.Placed;
import dev.slipway.prerelease.git.Distance;
import dev.slipway.prerelease.git.FileChange;
import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.Range;
import dev.slipway.prerelease.git.TreeDiff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what a range of commits needs otherwise than before, outside of itself. */
public final class DependencyFinder {

    private static final int OTHER_PLACES = 2;

    private final GitRepository repository;
    private final RuleBook rules;
    private final Wording wording;

    public DependencyFinder(GitRepository repository, RuleBook rules) {
        this.repository = repository;
        this.rules = rules;
        this.wording = new Wording(rules);
    }

    /** Which dependency. */
    private record Key(DependencyRule.Kind kind, String name) {

        private static Key of(Use use) {
            return new Key(use.rule().kind(), use.name());
        }
    }

    /** @throws dev.slipway.prerelease.CollectorBroke where the repository can't be read, or a rule takes too long */
    public FoundDependencies find(Range range) {
        var libraries = new Libraries();
        var uses = new ChangedUses(rules, wording, libraries);
        var passedOver = new PassedOver();
        var found = new ArrayList<Dependency>();
        var files = new MigrationFiles(rules);
        new TreeDiff(repository).forEach(range.start(), range.to(), change -> {
            if (passedOver.passes(change, rules.pathKind(change.path()))) {
                return;
            }
            files.found(change).ifPresent(file -> found.add(file(change, file)));
            if (change.content() == FileChange.Content.TEXT) {
                uses.read(change);
            }
        });
        var search = new TreeSearch(repository, rules);
        found.addAll(uses.changed());
        found.addAll(reconciled(uses, search, range));
        var notes = new ArrayList<>(libraries.inWords());
        notes.addAll(passedOver.inWords());
        if (!search.isComplete()) {
            notes.add("The repository is so large that not all of it was searched: something named as new may have been"
                    + " used elsewhere before.");
        }
        return new FoundDependencies(sorted(found), notes);
    }

    private Dependency file(FileChange change, MigrationFiles.Found file) {
        var use = new Use(file.rule(), change.path(), change.path(), null, false, change.path(), 0, 0, 0);
        return wording.dependency(use, file.change(), change.oldPath(), null, null, "");
    }

    private List<Dependency> reconciled(ChangedUses uses, TreeSearch search, Range range) {
        var come = byKey(uses.added());
        var gone = byKey(uses.removed());
        // What came and went in one change has only moved.
        var moved = new ArrayList<>(come.keySet());
        moved.retainAll(gone.keySet());
        moved.forEach(key -> {
            come.remove(key);
            gone.remove(key);
        });
        var before = usesByKey(search.uses(usesOf(come.values()), range.start()));
        come.keySet().removeIf(before::containsKey);
        var after = usesByKey(search.uses(usesOf(gone.values()), range.to()));
        var found = new ArrayList<Dependency>();
        gone.forEach((key, places) -> unset(places, after.get(key)).ifPresent(found::add));
        gone.keySet().removeIf(after::containsKey);
        found.addAll(renamed(come, gone));
        come.values().forEach(places -> found.add(added(places)));
        gone.values().forEach(places -> found.add(removed(places)));
        return found;
    }

    /** A variable that is read as before and set nowhere any more is worse than one that is gone. */
    private Optional<Dependency> unset(List<Placed> gone, List<Use> left) {
        var use = gone.get(0).use();
        if (use.rule().kind() != DependencyRule.Kind.ENVIRONMENT_VARIABLE || left == null) {
            return Optional.empty();
        }
        var verb = rules.verb(use.rule());
        var reader = left.stream().filter(isUsual()).findFirst();
        var setElsewhere = left.stream().anyMatch(isUsual().negate());
        if (!verb.equals("set") || reader.isEmpty() || setElsewhere) {
            return Optional.empty();
        }
        return Optional.of(wording.dependency(
                use,
                Change.REMOVED,
                null,
                null,
                null,
                " (line of the version before), but is still read in %s:%d"
                        .formatted(reader.get().path(), reader.get().line() + 1)));
    }

    private Predicate<Use> isUsual() {
        return use -> rules.verb(use.rule()).equals(rules.usualVerb(use.rule().kind()));
    }

    private List<Dependency> renamed(Map<Key, List<Placed>> come, Map<Key, List<Placed>> gone) {
        var found = new ArrayList<Dependency>();
        for (var old : List.copyOf(gone.entrySet())) {
            come.entrySet().stream()
                    .filter(now -> isRenamed(old, now, come, gone))
                    .min(Comparator.comparingInt(now ->
                            Distance.between(old.getKey().name(), now.getKey().name())))
                    .ifPresent(now -> {
                        found.add(wording.dependency(
                                first(now.getValue()),
                                Change.RENAMED,
                                old.getKey().name(),
                                null,
                                null,
                                others(now.getValue())));
                        come.remove(now.getKey());
                        gone.remove(old.getKey());
                    });
        }
        return found;
    }

    /** In one edit, by one rule, and either alike or the only one that went and the only one that came. */
    private static boolean isRenamed(
            Map.Entry<Key, List<Placed>> old,
            Map.Entry<Key, List<Placed>> now,
            Map<Key, List<Placed>> come,
            Map<Key, List<Placed>> gone) {
        for (var before : old.getValue()) {
            for (var after : now.getValue()) {
                if (isSameEdit(before, after)) {
                    var alike =
                            Distance.between(old.getKey().name(), now.getKey().name())
                                    <= Math.max(
                                                    old.getKey().name().length(),
                                                    now.getKey().name().length())
                                            / 2;
                    if (alike || (inEdit(before, gone) == 1 && inEdit(after, come) == 1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isSameEdit(Placed before, Placed after) {
        return before.edit() >= 0
                && before.edit() == after.edit()
                && before.use().rule().equals(after.use().rule())
                && before.use().path().equals(after.use().path());
    }

    private static long inEdit(Placed place, Map<Key, List<Placed>> all) {
        return all.values().stream()
                .filter(places -> places.stream().anyMatch(other -> isSameEdit(place, other)))
                .count();
    }

    private Dependency added(List<Placed> places) {
        var use = first(places);
        var more = (use.hasDefault() ? " (there is a default)" : "") + others(places);
        return wording.dependency(use, Change.ADDED, null, null, use.value(), more);
    }

    private Dependency removed(List<Placed> places) {
        return wording.dependency(first(places), Change.REMOVED, null, null, null, " (line of the version before)");
    }

    /** What is done with a dependency says more than where it is listed. */
    private Use first(List<Placed> places) {
        return places.stream()
                .map(Placed::use)
                .filter(isUsual())
                .findFirst()
                .orElse(places.get(0).use());
    }

    private String others(List<Placed> places) {
        var first = first(places);
        var others = places.stream()
                .map(Placed::use)
                .filter(use -> !use.path().equals(first.path()))
                .map(use -> use.path() + ":" + (use.line() + 1))
                .distinct()
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        return "; also in " + others.stream().limit(OTHER_PLACES).collect(Collectors.joining(", "))
                + (others.size() > OTHER_PLACES ? " and " + (others.size() - OTHER_PLACES) + " more" : "");
    }

    private static Map<Key, List<Placed>> byKey(List<Placed> places) {
        var byKey = new LinkedHashMap<Key, List<Placed>>();
        places.forEach(place -> byKey.computeIfAbsent(Key.of(place.use()), key -> new ArrayList<>())
                .add(place));
        return byKey;
    }

    private static Map<Key, List<Use>> usesByKey(List<Use> uses) {
        var byKey = new HashMap<Key, List<Use>>();
        uses.forEach(use ->
                byKey.computeIfAbsent(Key.of(use), key -> new ArrayList<>()).add(use));
        return byKey;
    }

    private static List<Use> usesOf(Collection<List<Placed>> places) {
        return places.stream().map(one -> one.get(0).use()).toList();
    }

    private static List<Dependency> sorted(List<Dependency> found) {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Dependency::kind)
                        .thenComparing(Dependency::file)
                        .thenComparing(Dependency::line, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    /** Counts what was not looked at. */
    private static final class PassedOver {

        private final Map<PathKind, Integer> files = new EnumMap<>(PathKind.class);
        private final List<String> large = new ArrayList<>();

        private boolean passes(FileChange change, PathKind kind) {
            if (kind != PathKind.PRODUCTION) {
                files.merge(kind, 1, Integer::sum);
                return true;
            }
            if (change.content() == FileChange.Content.TOO_LARGE) {
                large.add(change.path());
            }
            return false;
        }

        private List<String> inWords() {
            var sentences = new ArrayList<String>();
            if (!files.isEmpty()) {
                sentences.add(
                        "Not looked at: %d changed files of tests, %d of documentation, %d generated or of others."
                                .formatted(
                                        files.getOrDefault(PathKind.TESTS, 0),
                                        files.getOrDefault(PathKind.DOCUMENTATION, 0),
                                        files.getOrDefault(PathKind.GENERATED, 0)));
            }
            large.forEach(path -> sentences.add(path + " is larger than 1 MB, and was not looked at."));
            return sentences;
        }
    }
}

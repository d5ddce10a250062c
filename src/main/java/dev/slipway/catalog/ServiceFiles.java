package dev.slipway.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found in the files at one look, and what is in force since. Immutable; the next look gives the next one.
 *
 * @param files by path, in alphabetical order
 */
record ServiceFiles(NavigableMap<Path, Entry> files) {

    static final ServiceFiles NONE = new ServiceFiles(new TreeMap<>());

    /**
     * @param text     what the file held at the last look; null where it could not be read
     * @param good     what is in force; null where the file was never good
     * @param problems why what it holds is not in force; empty if it is
     */
    record Entry(String text, Good good, List<FileProblem> problems) {}

    /** A text and what it says. */
    record Good(String text, ServiceDefinition definition) {

        String service() {
            return definition.service();
        }
    }

    Optional<Good> find(String service) {
        return good().stream().filter(good -> good.service().equals(service)).findFirst();
    }

    List<String> services() {
        return good().stream().map(Good::service).sorted().toList();
    }

    List<FileProblem> problems() {
        return files.values().stream()
                .flatMap(entry -> entry.problems().stream())
                .toList();
    }

    private List<Good> good() {
        return files.values().stream()
                .map(Entry::good)
                .filter(good -> good != null)
                .toList();
    }

    /** Looks again. A refused file is read again even if it is unchanged: what it lacked may be there now. */
    ServiceFiles next(Collection<Path> paths, ServiceFileReader reader) {
        var looks = new TreeMap<Path, Entry>();
        for (var path : paths) {
            looks.put(path, look(path, reader));
        }
        return new ServiceFiles(withoutRivals(looks));
    }

    private Entry look(Path path, ServiceFileReader reader) {
        var before = files.get(path);
        var good = before == null ? null : before.good();
        var now = FileText.of(path);
        if (now.text() == null) {
            return new Entry(null, good, List.of(now.problem()));
        }
        if (good != null && now.text().equals(good.text())) {
            return new Entry(now.text(), good, List.of());
        }
        var file = reader.read(path.toString(), now.text(), Purpose.PUT_IN_FORCE);
        return file.isFine()
                ? new Entry(now.text(), new Good(now.text(), file.definition()), List.of())
                : new Entry(now.text(), good, file.problems());
    }

    /** Where two files define one service, the one that did so before goes on; among new ones, the first. */
    private NavigableMap<Path, Entry> withoutRivals(NavigableMap<Path, Entry> looks) {
        var order = new ArrayList<>(looks.keySet());
        order.sort(Comparator.comparing((Path path) -> !heldBefore(path, looks.get(path)))
                .thenComparing(Comparator.naturalOrder()));
        var holders = new HashMap<String, Path>();
        var result = new TreeMap<Path, Entry>();
        for (var path : order) {
            var entry = looks.get(path);
            if (entry.good() == null || holders.putIfAbsent(entry.good().service(), path) == null) {
                result.put(path, entry);
                continue;
            }
            var holder = holders.get(entry.good().service());
            var problem = rival(path, entry.good(), holder);
            var before = files.get(path);
            var last = before == null ? null : before.good();
            var kept = last != null && holders.putIfAbsent(last.service(), path) == null ? last : null;
            result.put(path, new Entry(entry.text(), kept, List.of(problem)));
        }
        return result;
    }

    private boolean heldBefore(Path path, Entry entry) {
        var before = files.get(path);
        return before != null
                && before.good() != null
                && entry.good() != null
                && before.good().service().equals(entry.good().service());
    }

    static FileProblem rival(Path path, Good good, Path holder) {
        var lines = good.text().lines().toList();
        var line = 1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("service:")) {
                line = i + 1;
            }
        }
        return new FileProblem(
                path.toString(), line, "service", good.service() + " is already defined by " + holder + ".");
    }

    /** @return files whose problems differ from those at the look before */
    Map<Path, List<FileProblem>> changesSince(ServiceFiles before) {
        var changes = new TreeMap<Path, List<FileProblem>>();
        files.forEach((path, entry) -> {
            var last = before.files.get(path);
            if (last == null ? !entry.problems().isEmpty() : !last.problems().equals(entry.problems())) {
                changes.put(path, entry.problems());
            }
        });
        return changes;
    }
}

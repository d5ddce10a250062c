package dev.slipway.prerelease.dependency;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Libraries with no service behind them, as far as is known: nobody is asked about them, and they are told of. */
final class Libraries {

    private static final int SHOWN = 5;

    private final Map<String, List<String>> come = new LinkedHashMap<>();
    private final Map<String, List<String>> gone = new LinkedHashMap<>();
    private final Map<String, List<String>> changed = new LinkedHashMap<>();

    void come(Use use) {
        add(come, use, use.name());
    }

    void gone(Use use) {
        add(gone, use, use.name());
    }

    void changed(Use before, Use after) {
        add(changed, after, after.name() + " " + before.value() + " to " + after.value());
    }

    private static void add(Map<String, List<String>> to, Use use, String text) {
        to.computeIfAbsent(use.path(), path -> new ArrayList<>()).add(text);
    }

    /** @return a sentence for each manifest and change */
    List<String> inWords() {
        dropMoved();
        var sentences = new ArrayList<String>();
        come.forEach((path, names) -> sentences.add(sentence(path, names, "new")));
        gone.forEach((path, names) -> sentences.add(sentence(path, names, "gone")));
        changed.forEach((path, names) -> sentences.add(sentence(path, names, "of a new major version")));
        return sentences;
    }

    /** From one manifest into another is no change. */
    private void dropMoved() {
        var moved = names(come);
        moved.retainAll(names(gone));
        for (var byPath : List.of(come, gone)) {
            byPath.values().forEach(names -> names.removeAll(moved));
            byPath.values().removeIf(List::isEmpty);
        }
    }

    private static Set<String> names(Map<String, List<String>> byPath) {
        var all = new HashSet<String>();
        byPath.values().forEach(all::addAll);
        return all;
    }

    private static String sentence(String path, List<String> names, String state) {
        var shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return "%s: %d other %s %s: %s%s."
                .formatted(
                        path,
                        names.size(),
                        names.size() == 1 ? "library is" : "libraries are",
                        state,
                        shown,
                        names.size() > SHOWN ? " …" : "");
    }
}

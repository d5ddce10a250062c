package dev.slipway.prerelease.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds commits that were taken back within the same release: neither they nor their reverts change anything. */
final class Reverts {

    private static final Pattern HASH = Pattern.compile("This reverts commit ([0-9a-f]{7,64})");

    private final Set<String> cancelled = new HashSet<>();
    private final Map<String, String> reverted = new HashMap<>();
    private final List<String> seen = new ArrayList<>();

    /** To be called oldest first. */
    void read(String id, String text) {
        target(text).ifPresent(target -> cancel(id, target));
        seen.add(id);
    }

    private Optional<String> target(String text) {
        var matcher = HASH.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var hash = matcher.group(1);
        return seen.stream().filter(id -> id.startsWith(hash)).findFirst();
    }

    private void cancel(String id, String target) {
        var original = reverted.get(target);
        if (original != null && cancelled.contains(target)) {
            // The revert of a revert: the original is back, and both reverts say nothing.
            cancelled.remove(original);
            cancelled.add(id);
            return;
        }
        cancelled.add(target);
        cancelled.add(id);
        reverted.put(id, target);
    }

    boolean isCancelled(String id) {
        return cancelled.contains(id);
    }
}

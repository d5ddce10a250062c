package dev.slipway.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The adapters that a definition can name. */
record KnownAdapters(List<Adapter> adapters) {

    Optional<Adapter> find(Adapter.Kind kind, String name) {
        return adapters.stream()
                .filter(adapter -> adapter.kind() == kind && adapter.name().equals(name))
                .findFirst();
    }

    Set<String> names() {
        return adapters.stream().map(Adapter::name).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> names(Adapter.Kind kind) {
        return adapters.stream()
                .filter(adapter -> adapter.kind() == kind)
                .map(Adapter::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

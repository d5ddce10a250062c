package dev.slipway.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that outlives the process.
 *
 * @param traffic who gets how much
 * @param faults  by version, also of versions that are not deployed yet
 * @param orders  oldest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SandboxState(Traffic traffic, Map<String, Fault> faults, List<JournalEntry> orders) {

    SandboxState {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
        orders = List.copyOf(orders);
    }

    static SandboxState servedBy(String version) {
        return new SandboxState(Traffic.allTo(version), Map.of(), List.of());
    }

    Fault faultOf(String version) {
        return faults.getOrDefault(version, Fault.NONE);
    }

    Optional<JournalEntry> order(String key) {
        return orders.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    SandboxState with(Traffic next, JournalEntry entry) {
        return new SandboxState(
                next, faults, Stream.concat(orders.stream(), Stream.of(entry)).toList());
    }

    SandboxState withFault(String version, Fault fault) {
        var next = new LinkedHashMap<>(faults);
        if (fault.kind() == Fault.Kind.NONE) {
            next.remove(version);
        } else {
            next.put(version, fault);
        }
        return new SandboxState(traffic, next, orders);
    }
}

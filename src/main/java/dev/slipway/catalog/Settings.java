package dev.slipway.catalog;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one adapter in one service definition, with {@code ${name}} placeholders already replaced.
 *
 * @param values as in the file
 */
public record Settings(Map<String, Object> values) {

    public static final Settings NONE = new Settings(Map.of());

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    /** @throws IllegalArgumentException naming the setting where it is missing */
    public String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** @throws IllegalArgumentException naming the setting where it is no ISO 8601 duration */
    public Duration duration(String name, Duration fallback) {
        try {
            return text(name).map(Duration::parse).orElse(fallback);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ": " + values.get(name) + " is not an ISO 8601 duration such as PT30S", e);
        }
    }

    /** @return these settings, with {@code others} where both name the same */
    public Settings with(Settings others) {
        var merged = new LinkedHashMap<>(values);
        merged.putAll(others.values());
        return new Settings(merged);
    }

    /** Shows names and no values: there may be secrets among them. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}

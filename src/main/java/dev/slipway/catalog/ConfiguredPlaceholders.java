package dev.slipway.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Placeholders from {@code slipway.placeholders}. */
@Component
class ConfiguredPlaceholders implements Placeholders {

    private final Map<String, String> values;

    ConfiguredPlaceholders(CatalogProperties properties) {
        values = properties.placeholders();
    }

    /** A name is found however the environment spells it: {@code slack-token} is {@code slack.token}. */
    @Override
    public Optional<String> value(String name) {
        var exact = values.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return values.entrySet().stream()
                .filter(entry -> plain(entry.getKey()).equals(plain(name)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }
}

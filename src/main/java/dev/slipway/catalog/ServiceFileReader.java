package dev.slipway.catalog;

import java.util.Optional;
import java.util.function.Function;

/** Reads a service definition from the text of a file. */
final class ServiceFileReader {

    private final KnownAdapters adapters;
    private final Function<String, Optional<String>> placeholders;

    ServiceFileReader(KnownAdapters adapters, Function<String, Optional<String>> placeholders) {
        this.adapters = adapters;
        this.placeholders = placeholders;
    }

    /** @param file how problems name it */
    ServiceFile read(String file, String text, Purpose purpose) {
        var problems = new Problems(file);
        var root = YamlText.read(text, problems);
        if (root == null) {
            return new ServiceFile(null, problems.list());
        }
        var top = Place.root(root, problems);
        if (!top.isMapping()) {
            problems.unreadable(
                    top.line(),
                    "",
                    top.isPresent() ? "The file is not a mapping of keys to values." : "The file is empty.");
            return new ServiceFile(null, problems.list());
        }
        var settings = new SettingsReader(placeholders, purpose, problems);
        var choices = new AdapterChoices(top, adapters, settings, purpose, problems);
        var definition = new DefinitionReader(top, settings, choices).definition();
        return new ServiceFile(problems.anyUnreadable() ? null : definition, problems.list());
    }
}

package dev.slipway.window.tool;

import dev.slipway.catalog.Settings;
import dev.slipway.http.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the settings of one deployer, one after another, and gathers what is wrong with them. */
public final class SettingsCheck {

    private static final Pattern HTTP = Pattern.compile("(?i)https?://[^/\\s]+\\S*");

    private final Settings settings;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    public SettingsCheck(Settings settings) {
        this.settings = settings;
    }

    /** @param what the setting is, with an example */
    public SettingsCheck required(String name, String what) {
        known.add(name);
        if (settings.text(name).filter(text -> !text.isBlank()).isEmpty()) {
            problems.add(name + " is missing: " + what);
        }
        return this;
    }

    public SettingsCheck optional(String... names) {
        known.addAll(List.of(names));
        return this;
    }

    /** @param what such a text is, with an example */
    public SettingsCheck matches(String name, Pattern pattern, String what) {
        known.add(name);
        settings.text(name)
                .filter(text -> !text.isBlank() && !pattern.matcher(text).matches())
                .ifPresent(text -> problems.add(name + ": " + text + " is not " + what));
        return this;
    }

    public SettingsCheck duration(String name, Duration least, Duration most) {
        known.add(name);
        try {
            var duration = settings.duration(name, least);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                problems.add(name + ": " + duration + " is not between " + least + " and " + most);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return this;
    }

    /** An http or https address without user and password; these would be shown wherever it is. */
    public SettingsCheck address(String name) {
        known.add(name);
        settings.text(name).filter(text -> !text.isBlank()).ifPresent(text -> address(name, text));
        return this;
    }

    /** @param address what the setting's text becomes */
    public SettingsCheck address(String name, String address) {
        known.add(name);
        if (!HTTP.matcher(address).matches() || !hasHost(address)) {
            problems.add(name + ": " + address.replaceAll("//[^/]*@", "//") + " is not an http or https address");
        } else if (URI.create(address).getRawUserInfo() != null) {
            problems.add(name + " must not hold user and password; set a token");
        }
        return this;
    }

    public SettingsCheck certificates(String name) {
        known.add(name);
        settings.text(name).ifPresent(file -> {
            if (!Files.isReadable(Path.of(file))) {
                problems.add(name + ": " + file + " can't be read here");
            } else {
                try {
                    Certificates.trusting(Path.of(file));
                } catch (IOException e) {
                    problems.add(name + ": " + e.getMessage());
                }
            }
        });
        return this;
    }

    /** @return what is wrong, also with settings that nobody has asked for */
    public List<String> problems() {
        for (var name : settings.values().keySet()) {
            if (!known.contains(name)) {
                problems.add(name + " is unknown here; known are " + String.join(", ", known));
            }
        }
        return problems;
    }

    private static boolean hasHost(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

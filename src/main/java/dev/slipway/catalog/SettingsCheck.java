package dev.slipway.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the settings of one adapter, one after another, and gathers what is wrong with them. */
public final class SettingsCheck {

    private static final Pattern HTTP = Pattern.compile("(?i)https?://[^/\\s]+\\S*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** How other programs call the switch that there is none of here. */
    private static final Set<String> UNVERIFIED = Set.of(
            "insecure",
            "insecureSkipVerify",
            "skipVerify",
            "tlsSkipVerify",
            "skipTlsVerify",
            "verify",
            "verifySsl",
            "sslVerify",
            "tlsVerify");

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

    /** Both or neither. */
    public SettingsCheck together(String one, String other) {
        optional(one, other);
        if (settings.text(one).isPresent() != settings.text(other).isPresent()) {
            problems.add(one + " and " + other + " go together");
        }
        return this;
    }

    public SettingsCheck duration(String name, Duration most) {
        known.add(name);
        try {
            var duration = settings.duration(name, Duration.ofSeconds(1));
            if (duration.isZero() || duration.isNegative()) {
                problems.add(name + " must be above zero");
            } else if (duration.compareTo(most) > 0) {
                problems.add(name + " must be at most " + most);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
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

    /** @param what such a text is, with an example */
    public SettingsCheck matches(String name, Pattern pattern, String what) {
        known.add(name);
        settings.text(name)
                .filter(text -> !text.isBlank() && !pattern.matcher(text).matches())
                .ifPresent(text -> problems.add(name + ": " + text + " is not " + what));
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
        if (!HTTP.matcher(address).matches() || !isAddress(address)) {
            problems.add(name + ": " + withoutUser(address) + " is not an http or https address");
        } else if (URI.create(address).getRawUserInfo() != null) {
            problems.add(name + " must not hold user and password; they have settings of their own");
        }
        return this;
    }

    /** Reads a file as it will be read when it is needed. */
    @FunctionalInterface
    public interface FileReader {
        /** @throws IOException saying what is wrong with it */
        void read(Path file) throws IOException;
    }

    public SettingsCheck file(String name, FileReader reader) {
        known.add(name);
        settings.text(name).ifPresent(file -> {
            if (!Files.isReadable(Path.of(file))) {
                problems.add(name + ": " + file + " can't be read here");
            } else {
                try {
                    reader.read(Path.of(file));
                } catch (IOException e) {
                    problems.add(name + ": " + e.getMessage());
                }
            }
        });
        return this;
    }

    /** A mapping of names to single values. */
    public SettingsCheck headers(String name) {
        known.add(name);
        var value = settings.values().get(name);
        if (value != null && !(value instanceof Map)) {
            problems.add(name + ": is not a mapping such as {X-Scope-OrgID: team-a}");
        } else if (value instanceof Map<?, ?> headers) {
            headers.forEach((key, text) -> {
                if (!HEADER.matcher(key.toString()).matches()) {
                    problems.add(name + ": " + key + " is not the name of a header");
                } else if (text instanceof Map || text instanceof List || hasControl(text.toString())) {
                    problems.add(name + ": " + key + " has not one line of text as its value");
                }
            });
        }
        return this;
    }

    /** @return what is wrong, also with settings that nobody has asked for */
    public List<String> problems() {
        for (var name : settings.values().keySet()) {
            if (UNVERIFIED.contains(name)) {
                problems.add(name
                        + ": certificates are always verified; name the authority of a private one in caCertificate");
            } else if (!known.contains(name)) {
                problems.add(name + " is unknown here; known are " + String.join(", ", known));
            }
        }
        return problems;
    }

    private static boolean isAddress(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutUser(String text) {
        return text.replaceAll("//[^/]*@", "//");
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}

package dev.slipway.prerelease.scope;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the repository's {@code .mailmap} says about people who signed with several names. */
final class Mailmap {

    private static final Pattern LINE = Pattern.compile(
            "^(?<name>[^<#]{0,100})<(?<email>[^>]{1,200})>(?:\\s*(?<oldName>[^<]{0,100})<(?<oldEmail>[^>]{1,200})>)?\\s*(?:#.*)?$");

    private final Map<String, String> names = new HashMap<>();

    /** @param text of the file; empty where there is none */
    Mailmap(String text) {
        text.lines().limit(10_000).filter(line -> line.length() < 700).forEach(this::read);
    }

    private void read(String line) {
        var matcher = LINE.matcher(line.strip());
        if (!matcher.matches() || matcher.group("name").isBlank()) {
            return;
        }
        var oldEmail = matcher.group("oldEmail") == null ? matcher.group("email") : matcher.group("oldEmail");
        var oldName =
                matcher.group("oldName") == null ? "" : matcher.group("oldName").strip();
        names.put(key(oldName, oldEmail), matcher.group("name").strip());
    }

    /** @return the proper name, or the e-mail's first part where there is no name at all */
    String name(String name, String email) {
        var known = names.getOrDefault(key(name, email), names.get(key("", email)));
        if (known != null) {
            return known;
        }
        return name.isBlank() ? email.replaceFirst("@.*", "") : name.strip();
    }

    private static String key(String name, String email) {
        return name.toLowerCase(Locale.ROOT) + "<" + email.strip().toLowerCase(Locale.ROOT);
    }
}

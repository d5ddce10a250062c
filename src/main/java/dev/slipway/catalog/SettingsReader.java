package dev.slipway.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings and queries, in which {@code ${name}} placeholders stand for values from elsewhere. */
final class SettingsReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]{0,100})}");

    private final Function<String, Optional<String>> placeholders;
    private final Purpose purpose;
    private final Problems problems;

    SettingsReader(Function<String, Optional<String>> placeholders, Purpose purpose, Problems problems) {
        this.placeholders = placeholders;
        this.purpose = purpose;
        this.problems = problems;
    }

    /** @return whether a value is known only where Slipway will run */
    static boolean isOpen(Object value) {
        return value != null && PLACEHOLDER.matcher(value.toString()).find();
    }

    Settings settings(Place at) {
        return at.isPresent() ? new Settings(map(at)) : Settings.NONE;
    }

    String text(Place at) {
        var raw = at.raw();
        if (raw == null) {
            return null;
        }
        if (raw.isBlank()) {
            at.object("is blank.");
        }
        return PLACEHOLDER.matcher(raw).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), at)));
    }

    private String value(String name, Place at) {
        var value = placeholders.apply(name);
        value.ifPresent(found -> problems.conceal(name, found));
        if (value.isEmpty() && purpose == Purpose.PUT_IN_FORCE) {
            at.object("The placeholder ${" + name + "} is unknown. "
                    + (name.equals("version")
                            ? "The version in question is $version."
                            : "Set slipway.placeholders." + name + "."));
        }
        return value.orElse("${" + name + "}");
    }

    private Map<String, Object> map(Place at) {
        var values = new LinkedHashMap<String, Object>();
        at.entries().forEach((key, place) -> {
            var value = value(place);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    private Object value(Place at) {
        if (at.isMapping()) {
            return map(at);
        }
        if (at.isSequence()) {
            List<Object> items = new ArrayList<>();
            at.items().stream().map(this::value).filter(value -> value != null).forEach(items::add);
            return items;
        }
        if (!at.isPresent()) {
            return null;
        }
        if (at.isFlag()) {
            return Boolean.valueOf(at.raw());
        }
        return at.isNumber() ? number(at.raw()) : text(at);
    }

    /** Only what reads the same as a number becomes one: a version 1.10 stays a text. */
    private static Object number(String raw) {
        if (raw.matches("0|-?[1-9]\\d{0,8}")) {
            return Integer.valueOf(raw);
        }
        if (raw.matches("-?\\d{1,9}\\.\\d{1,9}")
                && Double.toString(Double.parseDouble(raw)).equals(raw)) {
            return Double.valueOf(raw);
        }
        return raw;
    }
}

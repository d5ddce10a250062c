package dev.slipway.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A place in a file: the value there, if any, its line and its path. What can't be understood is reported, and null or
 * nothing is returned, so that reading goes on and finds the next problem too.
 */
final class Place {

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    private static final Pattern EVERYDAY_DURATION =
            Pattern.compile("(\\d+)\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)", Pattern.CASE_INSENSITIVE);

    /** Where at most this much is accepted, a share is meant, and somebody may have written a percentage. */
    private static final double LARGEST_SHARE = 10;

    private final Node node;
    private final int line;
    private final String path;
    private final Problems problems;

    private Place(Node node, int line, String path, Problems problems) {
        this.node = node;
        this.line = line;
        this.path = path;
        this.problems = problems;
    }

    static Place root(Node node, Problems problems) {
        return new Place(node, lineOf(node), "", problems);
    }

    int line() {
        return line;
    }

    String path() {
        return path;
    }

    /** @return false where the file says nothing here; an empty value says nothing */
    boolean isPresent() {
        return node != null && !node.getTag().equals(Tag.NULL);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isSequence() {
        return node instanceof SequenceNode;
    }

    void object(String reason) {
        problems.object(line, path, reason);
    }

    /** Reports what leaves nothing to go on with. */
    void unreadable(String reason) {
        problems.unreadable(line, path, reason);
    }

    /** Reports that there is nothing, if so. */
    Place required(String what) {
        if (!isPresent()) {
            unreadable("is missing. " + what);
        }
        return this;
    }

    /** @return the value under the key; its line is this place's where there is none */
    Place at(String key) {
        var found = entries().get(key);
        return found == null ? new Place(null, line, below(key), problems) : found;
    }

    /** @return what is in a mapping, in the file's order */
    Map<String, Place> entries() {
        var entries = new LinkedHashMap<String, Place>();
        if (!isPresent()) {
            return entries;
        }
        if (!(node instanceof MappingNode mapping)) {
            unreadable("is not a mapping of keys to values.");
            return entries;
        }
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.unreadable(lineOf(tuple.getKeyNode()), path, "A key is not a text.");
                continue;
            }
            var key = keyNode.getValue();
            var place = new Place(tuple.getValueNode(), lineOf(keyNode), below(key), problems);
            if (entries.putIfAbsent(key, place) != null) {
                place.object("stands here twice, first in line " + entries.get(key).line + ".");
            }
        }
        return entries;
    }

    /**
     * @param said   by key, what the file means where it says nothing
     * @param inside where the file means it; problems with it are reported there
     * @return this mapping with all of that, as if it had been written out
     */
    Place completed(Map<String, String> said, Place inside) {
        if (!(node instanceof MappingNode mapping)) {
            return this;
        }
        var written = entries();
        var tuples = new ArrayList<NodeTuple>();
        for (var tuple : mapping.getValue()) {
            var empty = tuple.getValueNode().getTag().equals(Tag.NULL);
            if (!(empty && tuple.getKeyNode() instanceof ScalarNode key && said.containsKey(key.getValue()))) {
                tuples.add(tuple);
            }
        }
        said.forEach((key, value) -> {
            if (!written.containsKey(key) || !written.get(key).isPresent()) {
                tuples.add(new NodeTuple(inside.scalar(key), inside.scalar(value)));
            }
        });
        var all = new MappingNode(
                mapping.getTag(), true, tuples, mapping.getStartMark(), mapping.getEndMark(), mapping.getFlowStyle());
        return new Place(all, line, path, problems);
    }

    private ScalarNode scalar(String text) {
        return new ScalarNode(Tag.STR, text, node.getStartMark(), node.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
    }

    /** Reports keys that mean nothing here. */
    void allow(Collection<String> known) {
        entries().forEach((key, place) -> {
            if (!known.contains(key)) {
                var near = Suggestion.among(known, key);
                place.object("is unknown here." + (near.isEmpty() ? " Known are " + listed(known) + "." : near));
            }
        });
    }

    List<Place> items() {
        if (!isPresent()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            unreadable("is not a list, such as [first, second].");
            return List.of();
        }
        var items = new ArrayList<Place>();
        for (var item : sequence.getValue()) {
            items.add(new Place(item, lineOf(item), path + "[" + items.size() + "]", problems));
        }
        return items;
    }

    /** @return the text as written; null where there is none */
    String raw() {
        if (!isPresent()) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            unreadable("is not a single value.");
            return null;
        }
        return scalar.getValue();
    }

    /** @return a text without placeholders; null where there is none */
    String text() {
        var raw = raw();
        if (raw == null) {
            return null;
        }
        if (raw.isBlank()) {
            unreadable("is blank.");
            return null;
        }
        if (raw.contains("${")) {
            object("Placeholders can stand only in settings of adapters and in queries of metrics.");
        }
        return raw;
    }

    List<String> texts() {
        return items().stream().map(Place::text).filter(text -> text != null).toList();
    }

    Double number() {
        var raw = raw();
        if (raw == null) {
            return null;
        }
        if (!NUMBER.matcher(raw).matches() || Double.isInfinite(Double.parseDouble(raw))) {
            unreadable(raw + " is not a number.");
            return null;
        }
        return Double.valueOf(raw);
    }

    Double number(double least, double most, String what) {
        var number = number();
        if (number != null && (number < least || number > most)) {
            object(raw() + " is not " + what + "." + hundredth(number, most));
        }
        return number;
    }

    private String hundredth(double number, double most) {
        if (most > LARGEST_SHARE || number < 0 || number / 100 > most) {
            return "";
        }
        return Suggestion.of(
                new BigDecimal(raw()).movePointLeft(2).stripTrailingZeros().toPlainString());
    }

    boolean flag() {
        var raw = raw();
        if (raw == null) {
            return false;
        }
        if (!raw.equals("true") && !raw.equals("false")) {
            unreadable(raw + " is neither true nor false.");
        }
        return raw.equals("true");
    }

    <E extends Enum<E>> E choice(Class<E> type, E fallback) {
        var raw = raw();
        if (raw == null) {
            return fallback;
        }
        var names = Arrays.stream(type.getEnumConstants()).map(Place::written).toList();
        if (!names.contains(raw)) {
            unreadable(raw + " is none of " + listed(names) + "." + Suggestion.among(names, raw));
            return fallback;
        }
        return type.getEnumConstants()[names.indexOf(raw)];
    }

    Duration duration(Duration fallback, Duration least, Duration most) {
        var raw = raw();
        if (raw == null) {
            return fallback;
        }
        try {
            var duration = Duration.parse(raw);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                object(raw + " is not between " + least + " and " + most + ".");
            }
            return duration;
        } catch (DateTimeParseException e) {
            unreadable(raw + " is not an ISO 8601 duration such as PT30S." + everyday(raw));
            return fallback;
        }
    }

    private static String everyday(String raw) {
        var matcher = EVERYDAY_DURATION.matcher(raw);
        if (!matcher.matches()) {
            return "";
        }
        var unit = matcher.group(2).substring(0, 1).toUpperCase(Locale.ROOT);
        return Suggestion.of((unit.equals("D") ? "P" : "PT") + matcher.group(1) + unit);
    }

    /** @return whether a plain {@code true} or {@code false} stands here, not a text of that kind */
    boolean isFlag() {
        return node.getTag().equals(Tag.BOOL) && (raw().equals("true") || raw().equals("false"));
    }

    /** @return whether a number stands here, not a text of digits */
    boolean isNumber() {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String listed(Collection<String> names) {
        return String.join(", ", names);
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

package dev.slipway.observation.scrape;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the Prometheus text format, version 0.0.4; OpenMetrics as far as it is the same. */
final class Exposition {

    private Exposition() {}

    /**
     * @return the value of every series, in the order of the text; timestamps and exemplars are left out
     * @throws IllegalArgumentException naming the line that can't be read
     */
    static Map<Series, Double> parse(String text) {
        var values = new LinkedHashMap<Series, Double>();
        var number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            try {
                new Line(content).readInto(values);
            } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("line " + number + " is not in the Prometheus text format", e);
            }
        }
        return values;
    }

    static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static final class Line {
        private final String text;
        private int position;

        private Line(String text) {
            this.text = text;
        }

        private void readInto(Map<Series, Double> values) {
            var name = until("{ \t");
            var labels = new HashMap<String, String>();
            if (text.charAt(position) == '{') {
                readLabels(labels);
            }
            skipBlanks();
            values.put(Series.of(name, labels), number(until(" \t")));
        }

        private void readLabels(Map<String, String> labels) {
            position++;
            skipBlanks();
            while (text.charAt(position) != '}') {
                var label = until("=").strip();
                position++;
                skipBlanks();
                labels.put(label, quoted());
                skipBlanks();
                if (text.charAt(position) == ',') {
                    position++;
                    skipBlanks();
                }
            }
            position++;
        }

        private String quoted() {
            if (text.charAt(position) != '"') {
                throw new IllegalArgumentException("a label's value is not quoted");
            }
            var value = new StringBuilder();
            for (position++; text.charAt(position) != '"'; position++) {
                var c = text.charAt(position);
                if (c == '\\') {
                    position++;
                    var escaped = text.charAt(position);
                    value.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    value.append(c);
                }
            }
            position++;
            return value.toString();
        }

        private String until(String ends) {
            var start = position;
            while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
                position++;
            }
            if (start == position) {
                throw new IllegalArgumentException("something is missing");
            }
            return text.substring(start, position);
        }

        private void skipBlanks() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }
    }
}

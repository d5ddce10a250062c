package dev.slipway.observation.scrape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The part of PromQL that is understood: {@code sum}, {@code max}, {@code min}, {@code avg}, each with {@code by};
 * {@code rate} and {@code increase} over a window; series with matchers {@code = != =~ !~};
 * {@code histogram_quantile}; {@code vector}; {@code + - * /}, {@code or}, numbers and parentheses.
 */
final class Query {

    private static final Set<String> OVER_WINDOW = Set.of("rate", "increase");
    private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\n]*)+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?");
    private static final Pattern MATCHER = Pattern.compile("=~|!~|!=|=");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private record Selector(String name, Predicate<Series> matches) {}

    private record Parsed(Expression expression, boolean scalar) {}

    private final String text;
    private int position;

    private Query(String text) {
        this.text = text;
    }

    /** @throws QueryProblem where the query is not understood */
    static Expression parse(String text) {
        var query = new Query(text);
        var parsed = query.alternatives();
        query.skipSpace();
        if (query.position < text.length()) {
            throw query.problem("\"" + query.rest() + "\" is not understood");
        }
        return parsed.expression;
    }

    private Parsed alternatives() {
        var left = sum();
        while (takeWord("or")) {
            var a = vector(left);
            var b = vector(sum());
            left = new Parsed((scrapes, at) -> Operations.or(a.at(scrapes, at), b.at(scrapes, at)), false);
        }
        return left;
    }

    private Parsed sum() {
        var left = product();
        while (true) {
            if (take("+")) {
                left = calculate((a, b) -> a + b, left, product());
            } else if (take("-")) {
                left = calculate((a, b) -> a - b, left, product());
            } else {
                return left;
            }
        }
    }

    private Parsed product() {
        var left = signed();
        while (true) {
            if (take("*")) {
                left = calculate((a, b) -> a * b, left, signed());
            } else if (take("/")) {
                left = calculate((a, b) -> a / b, left, signed());
            } else {
                return left;
            }
        }
    }

    private static Parsed calculate(DoubleBinaryOperator operator, Parsed left, Parsed right) {
        return new Parsed(
                (scrapes, at) -> Operations.calculate(
                        operator, left.expression.at(scrapes, at), right.expression.at(scrapes, at)),
                left.scalar && right.scalar);
    }

    private Parsed signed() {
        if (take("-")) {
            return calculate((a, b) -> a * b, number(-1), signed());
        }
        return term();
    }

    private Parsed term() {
        skipSpace();
        if (take("(")) {
            var inner = alternatives();
            expect(")");
            return inner;
        }
        var number = find(NUMBER);
        if (number != null) {
            return number(Double.parseDouble(number));
        }
        var start = position;
        var name = find(NAME);
        if (name == null) {
            if (position < text.length() && text.charAt(position) == '{') {
                return series("");
            }
            throw problem(
                    position < text.length() ? "\"" + rest() + "\" is not understood" : "the query ends too early");
        }
        skipSpace();
        if (Operations.isAggregation(name) && (peek("(") || peekWord("by"))) {
            return aggregation(name);
        }
        if (!peek("(")) {
            if (peekWord("without") || peekWord("on") || peekWord("ignoring")) {
                throw problem("\"" + rest() + "\" is not understood");
            }
            return series(name);
        }
        if (OVER_WINDOW.contains(name)) {
            return overWindow(name);
        }
        return switch (name) {
            case "histogram_quantile" -> quantile();
            case "vector" -> asVector();
            default -> {
                position = start;
                throw problem("the function " + name + " is not understood");
            }
        };
    }

    private Parsed aggregation(String name) {
        var by = new ArrayList<String>();
        readBy(by);
        expect("(");
        var inner = vector(alternatives());
        expect(")");
        readBy(by);
        return new Parsed((scrapes, at) -> Operations.aggregate(name, by, inner.at(scrapes, at)), false);
    }

    private void readBy(List<String> by) {
        if (!takeWord("by")) {
            return;
        }
        expect("(");
        while (!take(")")) {
            skipSpace();
            by.add(required(LABEL, "a label's name"));
            if (!peek(")")) {
                expect(",");
            }
        }
    }

    private Parsed overWindow(String function) {
        expect("(");
        skipSpace();
        var name = find(NAME);
        var selector = selector(name == null ? "" : name);
        expect("[");
        var window = duration();
        expect("]");
        expect(")");
        var seconds = function.equals("rate") ? window / 1_000.0 : 1;
        return new Parsed(
                (scrapes, at) -> {
                    var values = new HashMap<SortedMap<String, String>, Double>();
                    scrapes.range(selector.name, at - window, at, (series, points) -> {
                        var increase = selector.matches.test(series) ? Rate.increase(points, at, window) : Double.NaN;
                        if (!Double.isNaN(increase)) {
                            values.put(series.labels(), increase / seconds);
                        }
                    });
                    return new Result.Vector(values);
                },
                false);
    }

    private long duration() {
        skipSpace();
        var millis = 0L;
        while (!peek("]")) {
            var part = DURATION.matcher(text).region(position, text.length());
            if (!part.lookingAt()) {
                throw problem("a window such as [1m] is expected");
            }
            position = part.end();
            var unit = switch (part.group(2)) {
                case "ms" -> 1L;
                case "s" -> 1_000L;
                case "m" -> 60_000L;
                case "h" -> 3_600_000L;
                default -> 86_400_000L;
            };
            millis += Long.parseLong(part.group(1)) * unit;
        }
        if (millis <= 0 || millis > Scrapes.KEPT_MILLIS) {
            throw problem("a window is above zero and at most 10m, which is how long scrapes are kept");
        }
        return millis;
    }

    private Parsed quantile() {
        expect("(");
        var quantile = scalar(alternatives());
        expect(",");
        var buckets = vector(alternatives());
        expect(")");
        return new Parsed(
                (scrapes, at) -> Quantile.of(quantile.at(scrapes, at).value(), buckets.at(scrapes, at)), false);
    }

    private Parsed asVector() {
        expect("(");
        var inner = scalar(alternatives());
        expect(")");
        return new Parsed(
                (scrapes, at) -> new Result.Vector(
                        Map.of(new TreeMap<>(), inner.at(scrapes, at).value())),
                false);
    }

    private Parsed series(String name) {
        var selector = selector(name);
        if (peek("[")) {
            throw problem("a window belongs into rate or increase");
        }
        return new Parsed(
                (scrapes, at) -> {
                    var values = new HashMap<SortedMap<String, String>, Double>();
                    scrapes.instant(selector.name, at, (series, value) -> {
                        if (selector.matches.test(series)) {
                            values.put(series.labels(), value);
                        }
                    });
                    return new Result.Vector(values);
                },
                false);
    }

    private Selector selector(String name) {
        if (name.isEmpty()) {
            throw problem("the name of a metric is expected");
        }
        Predicate<Series> matches = series -> true;
        if (take("{")) {
            while (!take("}")) {
                matches = matches.and(matcher());
                if (!peek("}")) {
                    expect(",");
                }
            }
        }
        return new Selector(name, matches);
    }

    private Predicate<Series> matcher() {
        skipSpace();
        var label = required(LABEL, "a label's name");
        skipSpace();
        var operator = required(MATCHER, "=, !=, =~ or !~");
        skipSpace();
        var start = position;
        var value = unquoted(required(TEXT, "a quoted text"));
        var pattern = operator.endsWith("~") ? pattern(value, start) : null;
        return series -> {
            var actual = series.labels().getOrDefault(label, "");
            var equal = pattern == null
                    ? actual.equals(value)
                    : pattern.matcher(actual).matches();
            return equal != operator.startsWith("!");
        };
    }

    private static Pattern pattern(String value, int start) {
        try {
            return Pattern.compile(value, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new QueryProblem(start, "\"" + value + "\" is not a regular expression");
        }
    }

    private static String unquoted(String quoted) {
        var value = new StringBuilder();
        for (var i = 1; i < quoted.length() - 1; i++) {
            var c = quoted.charAt(i);
            if (c == '\\') {
                i++;
                value.append(
                        switch (quoted.charAt(i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            default -> quoted.charAt(i);
                        });
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    // What kind of result a part gives is known before any data is.

    private interface VectorExpression {
        Result.Vector at(Scrapes scrapes, long at);
    }

    private interface ScalarExpression {
        Result.Scalar at(Scrapes scrapes, long at);
    }

    private VectorExpression vector(Parsed parsed) {
        if (parsed.scalar) {
            throw problem("series are expected before this, not a number");
        }
        return (scrapes, at) -> (Result.Vector) parsed.expression.at(scrapes, at);
    }

    private ScalarExpression scalar(Parsed parsed) {
        if (!parsed.scalar) {
            throw problem("a number is expected before this");
        }
        return (scrapes, at) -> (Result.Scalar) parsed.expression.at(scrapes, at);
    }

    private static Parsed number(double value) {
        return new Parsed((scrapes, at) -> new Result.Scalar(value), true);
    }

    // Characters

    private void skipSpace() {
        find(SPACE);
    }

    private String find(Pattern pattern) {
        var match = pattern.matcher(text).region(position, text.length());
        if (!match.lookingAt()) {
            return null;
        }
        position = match.end();
        return match.group();
    }

    private String required(Pattern pattern, String what) {
        var found = find(pattern);
        if (found == null) {
            throw problem(what + " is expected");
        }
        return found;
    }

    private boolean peek(String symbol) {
        skipSpace();
        return text.startsWith(symbol, position);
    }

    private boolean take(String symbol) {
        if (!peek(symbol)) {
            return false;
        }
        position += symbol.length();
        return true;
    }

    private boolean peekWord(String word) {
        skipSpace();
        var end = position + word.length();
        return text.startsWith(word, position)
                && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
    }

    private boolean takeWord(String word) {
        if (!peekWord(word)) {
            return false;
        }
        position += word.length();
        return true;
    }

    private void expect(String symbol) {
        if (!take(symbol)) {
            throw problem("\"" + symbol + "\" is expected");
        }
    }

    private String rest() {
        return text.substring(position, Math.min(text.length(), position + 20));
    }

    private QueryProblem problem(String message) {
        return new QueryProblem(position, message);
    }
}

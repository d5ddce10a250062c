package dev.slipway.window.command;

import dev.slipway.window.Deployer.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what an order is about into the arguments of a command. One argument stays one, whatever is put into it. */
final class Arguments {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$([A-Za-z]+)");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private static final Map<String, Function<Order, String>> VALUES = new TreeMap<>(Map.of(
            "version", Order::version,
            "servingVersion", Order::servingVersion,
            "weight", order -> weight(order.weight()),
            "service", Order::service,
            "key", Order::key,
            "release", Order::release,
            "target", Order::target,
            "component", Order::component,
            "wave", Order::wave));

    private Arguments() {}

    /** @return what is wrong with the arguments, a sentence without its subject; null if nothing is */
    static String problem(List<String> templates) {
        for (var template : templates) {
            if (CONTROL.matcher(template).find()) {
                return "has a control character in an argument";
            }
            var matcher = PLACEHOLDER.matcher(template);
            while (matcher.find()) {
                if (!VALUES.containsKey(matcher.group(1))) {
                    return matcher.group() + " is unknown; there are $" + String.join(", $", VALUES.keySet());
                }
            }
        }
        return null;
    }

    /** @throws Refused where a value is missing, or would be more than a value */
    static List<String> of(List<String> templates, Order order) {
        return templates.stream().map(template -> argument(template, order)).toList();
    }

    private static String argument(String template, Order order) {
        var argument = PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), order)));
        if (argument.startsWith("-") && !template.startsWith("-")) {
            var matcher = PLACEHOLDER.matcher(template);
            throw new Refused("an argument that begins with " + (matcher.find() ? matcher.group() : "a value")
                    + " would begin with a hyphen and be taken for an option");
        }
        return argument;
    }

    private static String value(String name, Order order) {
        var value = VALUES.get(name).apply(order);
        if (value == null || value.isEmpty()) {
            throw new Refused("$" + name + " stands for nothing in this order");
        }
        if (CONTROL.matcher(value).find()) {
            throw new Refused("$" + name + " has a control character in it");
        }
        return value;
    }

    private static String weight(double weight) {
        return BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
    }
}

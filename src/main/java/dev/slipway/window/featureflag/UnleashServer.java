package dev.slipway.window.featureflag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Call;
import dev.slipway.window.tool.Refused;
import dev.slipway.window.tool.Tool;
import dev.slipway.window.tool.ToolSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Unleash, by its Admin API. The percentage is parameter {@code rollout} of the one {@code flexibleRollout} strategy that
 * has neither constraints nor segments; where there is none it is made, with stickiness as in setting {@code stickiness}.
 * Strategies for single users, hosts or addresses, and those with constraints or segments, stay as they are.
 */
final class UnleashServer implements FlagServer {

    private static final String STICKINESS = "stickiness";
    private static final String FLEXIBLE = "flexibleRollout";
    /** Strategies that name whom they mean. */
    private static final Set<String> NAMING = Set.of("userWithId", "remoteAddress", "applicationHostname");

    private final Tool unleash = new Tool("Unleash");
    private final ObjectMapper json;

    UnleashServer(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "unleash";
    }

    @Override
    public String called() {
        return "Unleash";
    }

    @Override
    public void check(SettingsCheck check) {
        check.required(FlagPlace.URL, "the server, such as https://unleash.example.com")
                .optional(STICKINESS);
    }

    @Override
    public String usualUrl() {
        return null;
    }

    @Override
    public int decimals() {
        return 0;
    }

    @Override
    public Flag read(FlagPlace place) throws Refused {
        var environment = environment(place);
        var on = environment.path("enabled").asBoolean();
        var open = open(environment);
        var others = open.stream().filter(one -> !isFlexible(one)).toList();
        if (!others.isEmpty()) {
            return Flag.unclear(
                    on,
                    "has the strategy " + others.get(0).path("name").asText()
                            + ", which no percentage limits. Remove it or add a constraint to it");
        }
        if (open.size() > 1) {
            return Flag.unclear(on, "has " + open.size() + " strategies with a percentage for everybody. Leave one");
        }
        if (!on) {
            return Flag.of(false, 0);
        }
        if (open.isEmpty()) {
            // Unleash takes a flag that is on and has no strategy at all for one that everybody gets.
            return Flag.of(true, environment.path("strategies").isEmpty() ? 100 : 0);
        }
        var rollout = open.get(0).path("parameters").path("rollout").asText();
        return rollout.matches("\\d{1,3}(\\.\\d+)?")
                ? Flag.of(true, Double.parseDouble(rollout))
                : Flag.unclear(true, "has a strategy whose rollout is no percentage");
    }

    @Override
    public void set(FlagPlace place, Flag flag, double percentage) throws Refused {
        var rollout = BigDecimal.valueOf(percentage).stripTrailingZeros().toPlainString();
        var strategies = inEnvironment(place) + "/strategies";
        var open = open(environment(place));
        if (open.isEmpty()) {
            var body = json.createObjectNode().put("name", FLEXIBLE);
            var stickiness = place.text(STICKINESS);
            body.putObject("parameters")
                    .put("rollout", rollout)
                    .put("stickiness", stickiness == null ? "default" : stickiness)
                    .put("groupId", place.flag());
            ask(place, "POST", strategies, body.toString());
        } else {
            // Only this one value: whatever else somebody changes at the same time stays.
            var patch = json.createArrayNode();
            patch.addObject()
                    .put("op", "replace")
                    .put("path", "/parameters/rollout")
                    .put("value", rollout);
            ask(
                    place,
                    "PATCH",
                    strategies + "/"
                            + ToolSettings.encoded(open.get(0).path("id").asText()),
                    patch.toString());
        }
        if (!flag.on()) {
            ask(place, "POST", inEnvironment(place) + "/on", null);
        }
    }

    @Override
    public void switchOff(FlagPlace place) throws Refused {
        ask(place, "POST", inEnvironment(place) + "/off", null);
    }

    private JsonNode environment(FlagPlace place) throws Refused {
        var feature = ask(place, "GET", feature(place), null);
        if (feature.path("archived").asBoolean()) {
            throw new Refused(0, "the " + place.inWords() + " is archived.");
        }
        if (!feature.path("environments").isArray()) {
            throw unleash.failed("Unleash's answer has no environments. Check url.");
        }
        for (var environment : feature.path("environments")) {
            if (environment.path("name").asText().equals(place.environment())) {
                return environment;
            }
        }
        throw new Refused(
                0,
                "Unleash has no environment " + place.environment() + " in project " + place.project()
                        + ". Correct environment.");
    }

    /** @return strategies that hold and mean everybody */
    private static List<JsonNode> open(JsonNode environment) {
        var open = new ArrayList<JsonNode>();
        for (var strategy : environment.path("strategies")) {
            if (!strategy.path("disabled").asBoolean()
                    && strategy.path("constraints").isEmpty()
                    && strategy.path("segments").isEmpty()
                    && !NAMING.contains(strategy.path("name").asText())) {
                open.add(strategy);
            }
        }
        return open;
    }

    private static boolean isFlexible(JsonNode strategy) {
        return strategy.path("name").asText().equals(FLEXIBLE);
    }

    private static String feature(FlagPlace place) {
        return place.url() + "/api/admin/projects/" + ToolSettings.encoded(place.project()) + "/features/"
                + ToolSettings.encoded(place.flag());
    }

    private static String inEnvironment(FlagPlace place) {
        return feature(place) + "/environments/" + ToolSettings.encoded(place.environment());
    }

    private JsonNode ask(FlagPlace place, String method, String address, String body) throws Refused {
        return unleash.ask(new Call(
                method,
                body == null ? null : "application/json",
                body,
                place.settings()
                        .question(
                                address,
                                Map.of("Authorization", place.settings().token()))));
    }
}

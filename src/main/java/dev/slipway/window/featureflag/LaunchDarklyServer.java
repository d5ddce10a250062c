package dev.slipway.window.featureflag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Call;
import dev.slipway.window.tool.Refused;
import dev.slipway.window.tool.Tool;
import dev.slipway.window.tool.ToolSettings;
import java.util.Map;

/**
 * LaunchDarkly, by its REST API. The percentage is that of the default rule (fallthrough); targets and rules of the flag
 * stay as they are. The flag has two variations, of which setting {@code variation} names the new behaviour's value
 * (default {@code true}). Percentage and switch are set by one semantic patch. By whom contexts are told apart stays as it
 * is; setting {@code contextKind} says it where the default rule has no percentage yet.
 */
final class LaunchDarklyServer implements FlagServer {

    private static final String VARIATION = "variation";
    private static final String CONTEXT_KIND = "contextKind";
    private static final int ALL = 100_000;
    private static final String SHOWN_WHEN_OFF =
            "gives the new behaviour to everybody when it is off. Choose its other variation for that";

    private final Tool launchDarkly = new Tool("LaunchDarkly");
    private final ObjectMapper json;

    LaunchDarklyServer(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "launchdarkly";
    }

    @Override
    public String called() {
        return "LaunchDarkly";
    }

    @Override
    public void check(SettingsCheck check) {
        check.optional(VARIATION, CONTEXT_KIND);
    }

    @Override
    public String usualUrl() {
        return "https://app.launchdarkly.com";
    }

    /** Weights are in thousandths of a percent. */
    @Override
    public int decimals() {
        return 3;
    }

    @Override
    public Flag read(FlagPlace place) throws Refused {
        var flag = flag(place);
        var environment = environment(flag, place);
        var on = environment.path("on").asBoolean();
        var isNew = newVariation(flag, place);
        if (isNew < 0) {
            return Flag.unclear(
                    on,
                    "has not two variations, one of them with the value " + newValue(place)
                            + ". Correct variation, or use a flag with two");
        }
        if (isShownWhenOff(environment, isNew)) {
            return Flag.unclear(on, SHOWN_WHEN_OFF);
        }
        if (!on) {
            return Flag.of(false, 0);
        }
        var fallthrough = environment.path("fallthrough");
        if (fallthrough.path("variation").isInt()) {
            return Flag.of(true, fallthrough.path("variation").asInt() == isNew ? 100 : 0);
        }
        return rollout(fallthrough.path("rollout"), isNew);
    }

    private static boolean isShownWhenOff(JsonNode environment, int isNew) {
        return isNew >= 0 && environment.path("offVariation").asInt(-1) == isNew;
    }

    private static Flag rollout(JsonNode rollout, int isNew) {
        if (!rollout.path("variations").isArray()) {
            return Flag.unclear(true, "has a default rule without a percentage");
        }
        if (rollout.path("experimentAllocation").isObject()
                || rollout.path("kind").asText().equals("experiment")) {
            return Flag.unclear(true, "is part of an experiment, which sets its percentages");
        }
        var weight = 0;
        for (var one : rollout.path("variations")) {
            weight += one.path("variation").asInt(-1) == isNew
                    ? one.path("weight").asInt()
                    : 0;
        }
        return Flag.of(true, weight / 1_000.0);
    }

    @Override
    public void set(FlagPlace place, Flag read, double percentage) throws Refused {
        var flag = flag(place);
        var isNew = newVariation(flag, place);
        var weight = (int) Math.round(percentage * 1_000);
        var patch = patch(place);
        var rollout = patch.withArray("instructions").addObject().put("kind", "updateFallthroughVariationOrRollout");
        rollout.putObject("rolloutWeights").put(id(flag, isNew), weight).put(id(flag, 1 - isNew), ALL - weight);
        var before = environment(flag, place).path("fallthrough").path("rollout");
        var kind = before.path("contextKind").asText(place.text(CONTEXT_KIND));
        if (kind != null) {
            rollout.put("rolloutContextKind", kind);
        }
        if (before.path("bucketBy").isTextual()) {
            rollout.put("rolloutBucketBy", before.path("bucketBy").asText());
        }
        if (!read.on()) {
            patch.withArray("instructions").addObject().put("kind", "turnFlagOn");
        }
        send(patch, place);
    }

    @Override
    public void switchOff(FlagPlace place) throws Refused {
        var flag = flag(place);
        if (isShownWhenOff(environment(flag, place), newVariation(flag, place))) {
            throw new Refused(0, "the " + place.inWords() + " " + SHOWN_WHEN_OFF);
        }
        var patch = patch(place);
        patch.withArray("instructions").addObject().put("kind", "turnFlagOff");
        send(patch, place);
    }

    private ObjectNode patch(FlagPlace place) {
        return json.createObjectNode()
                .put("environmentKey", place.environment())
                .put("comment", "Slipway: " + place.order());
    }

    private void send(JsonNode patch, FlagPlace place) throws Refused {
        try {
            launchDarkly.ask(new Call(
                    "PATCH",
                    "application/json; domain-model=launchdarkly.semanticpatch",
                    patch.toString(),
                    place.settings().question(address(place), headers(place))));
        } catch (Refused e) {
            if (e.status() == 409) {
                // Somebody else changes it at this moment: what it is then is read by the next try.
                throw launchDarkly.failed(e.getMessage());
            }
            throw e;
        }
    }

    private JsonNode flag(FlagPlace place) throws Refused {
        var flag = launchDarkly.ask(Call.get(place.settings()
                .question(address(place) + "?env=" + ToolSettings.encoded(place.environment()), headers(place))));
        if (!flag.path("variations").isArray()) {
            throw launchDarkly.failed("LaunchDarkly's answer has no variations. Check url.");
        }
        return flag;
    }

    private static JsonNode environment(JsonNode flag, FlagPlace place) throws Refused {
        var environment = flag.path("environments").path(place.environment());
        if (!environment.isObject()) {
            throw new Refused(
                    0,
                    "LaunchDarkly has no environment " + place.environment() + " in project " + place.project()
                            + ". Correct environment.");
        }
        if (flag.path("archived").asBoolean() || environment.path("archived").asBoolean()) {
            throw new Refused(0, "the " + place.inWords() + " is archived.");
        }
        return environment;
    }

    /** @return the place of the new behaviour's variation; below 0 where there are not two or none of them is it */
    private static int newVariation(JsonNode flag, FlagPlace place) {
        var variations = flag.path("variations");
        for (var i = 0; i < 2 && variations.size() == 2; i++) {
            if (variations.path(i).path("value").asText().equals(newValue(place))) {
                return i;
            }
        }
        return -1;
    }

    private static String newValue(FlagPlace place) {
        var value = place.text(VARIATION);
        return value == null ? "true" : value;
    }

    private static String id(JsonNode flag, int variation) {
        return flag.path("variations").path(variation).path("_id").asText();
    }

    private static String address(FlagPlace place) {
        return place.url() + "/api/v2/flags/" + ToolSettings.encoded(place.project()) + "/"
                + ToolSettings.encoded(place.flag());
    }

    private static Map<String, String> headers(FlagPlace place) {
        return Map.of("Authorization", place.settings().token());
    }
}

package dev.slipway.observation.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import dev.slipway.catalog.Settings;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.RemoteServer;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import dev.slipway.observation.server.ServerSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads one value out of what an address answers in JSON; the query is a JSONPath. A number, a text that is a number,
 * or {@code true} for 1 and {@code false} for 0. It knows only the present, which is a minute long.
 *
 * <p>Settings: those of {@link ServerSettings}.
 */
@Component
class JsonSource implements MetricSource {

    private static final Duration PRESENT = Duration.ofMinutes(1);
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,300}(\\.\\d{1,300})?([eE][-+]?\\d{1,3})?");
    private static final int LONGEST_QUOTE = 60;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Configuration JSON_PATH = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    private final RemoteServer server = new RemoteServer("The JSON endpoint");
    private final Clock clock;

    JsonSource(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> problems(Settings settings) {
        return ServerSettings.check(settings, "the address that answers with JSON, such as https://shop/stats")
                .problems();
    }

    @Override
    public Reading read(MetricQuery query, Instant at) {
        var now = clock.instant();
        if (at.isBefore(now.minus(PRESENT))) {
            return new Reading.NoData("json knows only the present");
        }
        try {
            var path = JsonPath.compile(query.text());
            var settings = new ServerSettings(query.settings());
            var answer = server.ask(settings.question(query.settings().required("url")));
            var found = node(path.read(answer, JSON_PATH));
            return path.isDefinite() || !found.isArray() ? reading(found, now) : only(found, now);
        } catch (PathNotFoundException e) {
            return new Reading.NoData("the answer has nothing at " + query.text());
        } catch (NoUsableAnswer e) {
            return new Reading.Broken(e.getMessage());
        } catch (InvalidPathException e) {
            return new Reading.Broken("The query is not a JSONPath: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            return new Reading.Broken("The JSON endpoint can't be asked: " + e.getMessage() + ".");
        }
    }

    /** Functions such as {@code length()} give a number of Java. */
    private static JsonNode node(Object found) {
        return found instanceof JsonNode node ? node : JSON.valueToTree(found);
    }

    /** A path that may find several things answers with a list. */
    private static Reading only(JsonNode found, Instant now) {
        return switch (found.size()) {
            case 0 -> new Reading.NoData("nothing matches the query");
            case 1 -> reading(found.get(0), now);
            default ->
                new Reading.Broken(
                        "The query gives " + found.size() + " values, not one; choose one, for example with [0].");
        };
    }

    private static Reading reading(JsonNode found, Instant now) {
        if (found.isNull()) {
            return new Reading.NoData("the answer has null there");
        }
        if (found.isBoolean()) {
            return new Reading.Value(found.booleanValue() ? 1 : 0, now);
        }
        if (found.isNumber()) {
            return number(found.doubleValue(), now);
        }
        if (found.isTextual() && NUMBER.matcher(found.textValue().strip()).matches()) {
            return number(Double.parseDouble(found.textValue().strip()), now);
        }
        return new Reading.Broken("The query gives " + shown(found) + ", which is not a number.");
    }

    private static Reading number(double value, Instant now) {
        return Double.isFinite(value) ? new Reading.Value(value, now) : new Reading.NoData("the value is " + value);
    }

    private static String shown(JsonNode found) {
        if (found.isContainerNode()) {
            return found.isArray() ? "a list" : "an object";
        }
        var text = found.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}

package dev.slipway.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the templates of metrics stand for: work in the background, which no request shows (OBS-4). The texts are in
 * {@code metric-templates.yaml}.
 */
final class MetricTemplates {

    static final String TEMPLATE = "template";
    static final String SYSTEM = "system";
    static final String WITH = "with";

    private static final String TEXTS = "metric-templates.yaml";
    private static final String QUERY = "query";
    private static final String SOURCE = "source";
    private static final Pattern PARAMETER = Pattern.compile("\\$([a-z]+)");

    private final Map<String, Template> templates;

    /**
     * @param metric  keys of a metric and their usual values
     * @param must    keys that a file has to say itself, and why
     * @param systems by name
     */
    private record Template(Map<String, String> metric, Map<String, String> must, Map<String, Asked> systems) {}

    /**
     * @param sources which sources understand the query; the first is the usual one
     * @param needs   parameters without a usual value, and what they are
     * @param usual   parameters with one
     * @param query   with {@code $name} for parameters
     */
    private record Asked(List<String> sources, Map<String, String> needs, Map<String, String> usual, String query) {}

    private MetricTemplates(Map<String, Template> templates) {
        this.templates = templates;
    }

    /** @throws UncheckedIOException where the application was packed without its templates */
    static MetricTemplates read() {
        try (InputStream text = MetricTemplates.class.getClassLoader().getResourceAsStream(TEXTS)) {
            Map<String, Map<String, Object>> all = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            var templates = new LinkedHashMap<String, Template>();
            all.forEach((name, content) -> templates.put(name, template(content)));
            return new MetricTemplates(templates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Template template(Map<String, Object> content) {
        var systems = new LinkedHashMap<String, Asked>();
        ((Map<?, ?>) content.get("systems"))
                .forEach((name, system) -> systems.put(name.toString(), system((Map<?, ?>) system)));
        return new Template(texts(content.get("metric")), texts(content.get("must")), systems);
    }

    private static Asked system(Map<?, ?> content) {
        return new Asked(
                ((List<?>) content.get("sources"))
                        .stream().map(Object::toString).toList(),
                texts(content.get("needs")),
                texts(content.get("usual")),
                content.get(QUERY).toString());
    }

    private static Map<String, String> texts(Object mapping) {
        var texts = new LinkedHashMap<String, String>();
        if (mapping != null) {
            ((Map<?, ?>) mapping).forEach((key, value) -> texts.put(key.toString(), value.toString()));
        }
        return texts;
    }

    /** @return the metric as if it had been written out; the same where it has no template */
    Place expand(Place metric) {
        var place = metric.at(TEMPLATE);
        if (!place.isPresent()) {
            for (var key : List.of(SYSTEM, WITH)) {
                if (metric.at(key).isPresent()) {
                    metric.at(key).object("stands only beside a template.");
                }
            }
            return metric;
        }
        for (var key : List.of(QUERY, "counts")) {
            if (metric.at(key).isPresent()) {
                metric.at(key).object("The template says what is asked; leave one of the two out.");
            }
        }
        var template = find(templates, place, "template");
        if (template == null) {
            return metric.completed(written(Map.of(), metric.at(SOURCE).text(), ""), place);
        }
        template.must().forEach((key, why) -> metric.at(key).required(why));
        var system = find(template.systems(), system(metric, template), "system of " + place.raw());
        if (system == null) {
            return metric.completed(written(template.metric(), metric.at(SOURCE).text(), ""), place);
        }
        var source = metric.at(SOURCE).text();
        if (source != null && !system.sources().contains(source)) {
            metric.at(SOURCE)
                    .object(source + " can't answer this template; " + Place.listed(system.sources()) + " can.");
        }
        var query = query(system, metric.at(WITH));
        return metric.completed(written(template.metric(), system.sources().get(0), query), place);
    }

    private static Place system(Place metric, Template template) {
        return metric.at(SYSTEM)
                .required("It is one of " + Place.listed(template.systems().keySet()) + ".");
    }

    private static <T> T find(Map<String, T> known, Place place, String what) {
        var name = place.text();
        if (name == null || known.containsKey(name)) {
            return known.get(name);
        }
        place.unreadable(name + " is not a known " + what + "; there are " + Place.listed(known.keySet()) + "."
                + Suggestion.among(known.keySet(), name));
        return null;
    }

    private static String query(Asked system, Place with) {
        var names = new ArrayList<>(system.needs().keySet());
        names.addAll(system.usual().keySet());
        with.allow(names);
        var values = new LinkedHashMap<>(system.usual());
        for (var name : names) {
            var place = with.at(name);
            if (system.needs().containsKey(name)) {
                place.required("It is " + system.needs().get(name) + ".");
            }
            var value = place.text();
            if (value != null) {
                values.put(name, value);
            }
        }
        return PARAMETER.matcher(system.query()).replaceAll(match -> {
            var value = values.get(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : quoted(value));
        });
    }

    /** As inside double quotes, which PromQL and JSON write alike. */
    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}+", " ");
    }

    private static Map<String, String> written(Map<String, String> metric, String source, String query) {
        var all = new LinkedHashMap<>(metric);
        all.put("kind", "background");
        all.put(SOURCE, source == null ? "prometheus" : source);
        all.put(QUERY, query.isEmpty() ? "unknown" : query);
        return all;
    }
}

package dev.slipway.observation.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.http.NoUsableAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/**
 * Reads the text of a query: either the list that AWS calls {@code MetricDataQueries}, in JSON and with AWS's names, or
 * one expression (metric math with {@code SEARCH}, or Metrics Insights).
 */
final class MetricDataQueries {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS =
            Set.of("Id", "Expression", "MetricStat", "Period", "ReturnData", "Label", "AccountId");

    private MetricDataQueries() {}

    /**
     * @param period in seconds, where the text states none
     * @throws NoUsableAnswer where the text is not understood, or does not return just one of its series
     */
    static List<MetricDataQuery> read(String text, int period) throws NoUsableAnswer {
        if (!text.strip().startsWith("[")) {
            return List.of(MetricDataQuery.builder()
                    .id("value")
                    .expression(text.strip())
                    .period(period)
                    .build());
        }
        var queries = new ArrayList<MetricDataQuery>();
        for (var one : parsed(text)) {
            queries.add(query(one, period));
        }
        var returned = queries.stream()
                .filter(query -> query.returnData() == null || query.returnData())
                .count();
        if (returned != 1) {
            throw refused(returned + " of its entries return data, not one; set \"ReturnData\": false on the others");
        }
        return queries;
    }

    /** @return the longest period, in seconds, that the value rests on */
    static int period(List<MetricDataQuery> queries, int usual) {
        return queries.stream()
                .mapToInt(query -> query.metricStat() != null
                        ? query.metricStat().period()
                        : query.period() == null ? usual : query.period())
                .max()
                .orElse(usual);
    }

    private static JsonNode parsed(String text) throws NoUsableAnswer {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused("it begins like a list in JSON and is none: " + e.getOriginalMessage());
        }
    }

    private static MetricDataQuery query(JsonNode one, int period) throws NoUsableAnswer {
        for (var names = one.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!KEYS.contains(name)) {
                throw refused(name + " is unknown in an entry");
            }
        }
        if (!one.path("Id").isTextual() || one.has("Expression") == one.has("MetricStat")) {
            throw refused("an entry has an Id and either an Expression or a MetricStat");
        }
        var query = MetricDataQuery.builder()
                .id(one.path("Id").textValue())
                .label(one.path("Label").textValue())
                .accountId(one.path("AccountId").textValue());
        if (one.has("ReturnData")) {
            query.returnData(one.path("ReturnData").asBoolean());
        }
        return one.has("Expression")
                ? query.expression(one.path("Expression").asText())
                        .period(one.path("Period").asInt(period))
                        .build()
                : query.metricStat(stat(one.path("MetricStat"), period)).build();
    }

    private static MetricStat stat(JsonNode one, int period) throws NoUsableAnswer {
        var metric = one.path("Metric");
        if (!metric.path("Namespace").isTextual()
                || !metric.path("MetricName").isTextual()
                || !one.path("Stat").isTextual()) {
            throw refused("a MetricStat has a Stat and a Metric with Namespace and MetricName");
        }
        var dimensions = new ArrayList<Dimension>();
        for (var dimension : metric.path("Dimensions")) {
            dimensions.add(Dimension.builder()
                    .name(dimension.path("Name").asText())
                    .value(dimension.path("Value").asText())
                    .build());
        }
        return MetricStat.builder()
                .metric(Metric.builder()
                        .namespace(metric.path("Namespace").textValue())
                        .metricName(metric.path("MetricName").textValue())
                        .dimensions(dimensions)
                        .build())
                .stat(one.path("Stat").textValue())
                .unit(one.path("Unit").textValue())
                .period(one.path("Period").asInt(period))
                .build();
    }

    private static NoUsableAnswer refused(String why) {
        return new NoUsableAnswer("CloudWatch is not asked, the query is not understood: " + why + ".");
    }
}

package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTemplatesTest {

    private static final KnownAdapters ADAPTERS = new KnownAdapters(
            Stream.concat(Adapters.ALL.stream(), Stream.of(new Adapters.Stub("cloudwatch", Adapter.Kind.METRIC_SOURCE)))
                    .toList());

    private final ServiceFileReader reader = new ServiceFileReader(ADAPTERS, name -> Optional.empty());

    @Test
    void a_template_says_all_but_its_name() {
        var metric = good("name: depth, template: queue-depth, system: rabbitmq, with: {queue: orders}");

        assertThat(metric.name()).isEqualTo("depth");
        assertThat(metric.kind()).isEqualTo(MetricKind.BACKGROUND);
        assertThat(metric.source()).isEqualTo("prometheus");
        assertThat(metric.unit()).isEqualTo("messages");
        assertThat(metric.worseWhen()).isEqualTo(WorseWhen.HIGHER);
        assertThat(metric.failAbove()).isEqualTo(1000);
        assertThat(metric.query())
                .isEqualTo("max(rabbitmq_queue_messages_ready{vhost=\"/\",queue=\"orders\"}"
                        + " or rabbitmq_detailed_queue_messages_ready{vhost=\"/\",queue=\"orders\"})");
    }

    @Test
    void the_file_may_say_otherwise() {
        var metric = good(
                "name: depth, template: queue-depth, system: rabbitmq, with: {queue: orders, vhost: shop},"
                        + " source: scrape, scrape: {url: \"http://rabbit:15692\"}, failAbove: 50, compareWith: before, critical: true");

        assertThat(metric.source()).isEqualTo("scrape");
        assertThat(metric.failAbove()).isEqualTo(50);
        assertThat(metric.critical()).isTrue();
        assertThat(metric.query()).contains("vhost=\"shop\"");
    }

    @Test
    void a_parameter_stays_within_its_quotes_and_may_hold_the_version() {
        assertThat(good("name: w, template: workers-alive, system: kubernetes, with: {deployment: 'a\"b\\c-$version'}")
                        .query())
                .isEqualTo("max(kube_deployment_status_replicas_available{namespace=\"default\","
                        + "deployment=\"a\\\"b\\\\c-$version\"})");
    }

    @Test
    void workers_have_a_floor_and_aws_is_asked_itself() {
        assertThat(good("name: w, template: workers-alive, system: kafka, with: {group: g}")
                        .failBelow())
                .isEqualTo(1);
        var age = good("name: a, template: oldest-message-age, system: sqs, with: {queue: orders}");
        assertThat(age.source()).isEqualTo("cloudwatch");
        assertThat(age.query()).contains("ApproximateAgeOfOldestMessage").contains("\"Value\": \"orders\"");
    }

    @Test
    void a_job_states_its_own_limit() {
        assertThat(
                        good("name: j, template: job-last-success, system: kubernetes, with: {job: nightly}, failAbove: 90000")
                                .query())
                .isEqualTo("time() - max(kube_cronjob_status_last_successful_time"
                        + "{namespace=\"default\",cronjob=\"nightly\"})");
        assertThat(problems("name: j, template: job-last-success, system: kubernetes, with: {job: nightly}"))
                .containsExactly("shop.yaml:4: metrics[0].failAbove: is missing. It is how many seconds may pass after"
                        + " a success, such as 7200 for a job of every hour.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template: queue-dept, system: kafka|template: queue-dept is not a known template; there are queue-depth,"
                        + " oldest-message-age, job-last-success, workers-alive. Did you mean queue-depth?",
                "template: queue-depth, system: kafca|system: kafca is not a known system of queue-depth; there are"
                        + " rabbitmq, kafka, sqs, sqs-yace, redis. Did you mean kafka?",
                "template: queue-depth|system: is missing. It is one of rabbitmq, kafka, sqs, sqs-yace, redis.",
                "template: queue-depth, system: kafka, with: {topic: t}|with.group: is missing. It is the consumer group"
                        + " that reads it.",
                "template: queue-depth, system: kafka, with: {topic: t, group: g, grop: h}|with.grop: is unknown here. Did"
                        + " you mean group?",
                "template: queue-depth, system: kafka, with: {topic: t, group: g}, query: up|query: The template says what"
                        + " is asked; leave one of the two out.",
                "template: queue-depth, system: sqs, with: {queue: q}, source: prometheus|source: prometheus can't answer"
                        + " this template; cloudwatch can.",
                "kind: background, source: prometheus, query: up, failAbove: 1, with: {queue: q}|with: stands only beside"
                        + " a template."
            })
    void what_is_not_understood_is_refused_with_its_line(String metric, String problem) {
        assertThat(problems("name: m, " + metric)).containsExactly("shop.yaml:4: metrics[0]." + problem);
    }

    private Metric good(String metric) {
        var file = read(metric);
        assertThat(file.problems()).isEmpty();
        return file.definition().metrics().get(0);
    }

    private List<String> problems(String metric) {
        return read(metric).problems().stream().map(FileProblem::toString).toList();
    }

    private ServiceFile read(String metric) {
        return reader.read("shop.yaml", """
                service: shop
                rollout: {deployer: sandbox}
                metrics:
                  - {%s}
                  - {name: errors, kind: error-rate, source: prometheus, query: up, failAbove: 1}
                """.formatted(metric), Purpose.PUT_IN_FORCE);
    }
}

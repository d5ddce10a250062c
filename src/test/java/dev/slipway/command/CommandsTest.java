package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Adapter;
import dev.slipway.catalog.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String GOOD = """
            service: shop
            rollout: {deployer: test-deployer}
            test-source: {url: "${shop.url}/metrics"}
            metrics:
              - {name: errors, kind: error-rate, source: test-source, query: up, unit: ratio, failAbove: 0.02}
            communication: {channel: {type: test-channel}}
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_good_file_is_fine_though_its_placeholders_are_unknown_here() throws IOException {
        assertThat(run("check-service", file("good.yaml", GOOD))).hasValue(0);
        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
    }

    @Test
    void findings_are_printed_one_a_line() throws IOException {
        var file = file("bad.yaml", GOOD.replace("0.02", "2.0").replace("test-deployer", "other"));

        assertThat(run("check-service", file)).hasValue(1);
        assertThat(out().lines().toList())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(file + ":2: rollout.deployer: other is not a known deployer; there are "))
                .contains(file + ":5: metrics[0].failAbove: 2.0 is not a ratio (0 to 1). Did you mean 0.02?");
    }

    @Test
    void settings_are_checked_by_the_adapters_that_can_be_built() throws IOException {
        var file = file("bad.yaml", GOOD.replace("${shop.url}/metrics", "gopher"));

        assertThat(run("check-service", file)).hasValue(1);
        assertThat(out().strip()).isEqualTo(file + ":3: test-source.url: gopher is no URL.");
    }

    @Test
    void channels_and_flagger_are_checked_without_the_server() throws IOException {
        var file = file("bad.yaml", """
                service: shop
                rollout: {deployer: flagger, flagger: {canary: Shop}}
                metrics: [{name: errors, kind: error-rate, source: test-source, query: up, unit: ratio, failAbove: 0.02}]
                communication:
                  channel:
                    type: slack
                    slack: {url: slack.com}
                """);

        assertThat(run("check-service", file)).hasValue(1);
        assertThat(out().lines().toList())
                .anyMatch(line -> line.startsWith(file + ":2: rollout.flagger.namespace: is missing"))
                .anyMatch(line -> line.startsWith(file + ":2: rollout.flagger.canary: Shop is not the name"))
                .anyMatch(line -> line.contains(": communication.channel.name: is missing. It is the channel in Slack"))
                .anyMatch(line -> line.startsWith(file + ":7: communication.channel.slack.token: is missing"))
                .anyMatch(line ->
                        line.startsWith(file + ":7: communication.channel.slack.url: slack.com is not an http"));
    }

    @Test
    void every_channel_names_its_field() throws IOException {
        for (var field : new String[] {
            "slack-webhook.url", "teams.url", "mattermost.url", "mattermost-bot.team", "cloudevents.secret", "email.to"
        }) {
            out.reset();
            var type = field.substring(0, field.indexOf('.'));
            var file = file("bad.yaml", GOOD.replace("{type: test-channel}", "{type: " + type + "}"));

            assertThat(run("check-service", file)).as(field).hasValue(1);
            assertThat(out()).as(field).contains(field + ": is missing");
        }
    }

    @Test
    void findings_for_machines_are_one_array() throws IOException {
        var file = file("bad.yaml", GOOD.replace("0.02", "2.0"));

        assertThat(run("check-service", "--json", file)).hasValue(1);
        JsonNode findings = new ObjectMapper().readTree(out());
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).fieldNames()).toIterable().containsExactly("file", "line", "path", "reason");
        assertThat(findings.get(0).get("file").asText()).isEqualTo(file);
        assertThat(findings.get(0).get("line").asInt()).isEqualTo(5);
        assertThat(findings.get(0).get("path").asText()).isEqualTo("metrics[0].failAbove");
    }

    @Test
    void no_findings_for_machines_are_an_empty_array() throws IOException {
        assertThat(run("check-service", file("good.yaml", GOOD), "--json")).hasValue(0);
        assertThat(out().strip()).isEqualTo("[]");
    }

    @Test
    void two_files_can_not_define_one_service() throws IOException {
        var first = file("a.yaml", GOOD);
        var second = file("b.yaml", GOOD);

        assertThat(run("check-service", first, second)).hasValue(1);
        assertThat(out().strip()).isEqualTo(second + ":1: service: shop is already defined by " + first + ".");
    }

    @Test
    void a_file_that_is_not_there_an_unknown_option_and_no_file_at_all_are_bad_input() {
        assertThat(run("check-service", "missing.yaml")).hasValue(2);
        assertThat(err()).isEqualToIgnoringNewLines("There is no file missing.yaml.");
        assertThat(run("check-service", "--xml")).hasValue(2);
        assertThat(run("check-service")).hasValue(2);
        assertThat(run("check-service", "--json")).hasValue(2);
        assertThat(run("check-service", directory.toString())).hasValue(2);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void help_lists_the_commands(String argument) {
        assertThat(run(argument)).hasValue(0);
        assertThat(out()).contains("check-service FILE… [--json]").contains("starts the server");
    }

    @Test
    void an_unknown_command_is_bad_input_and_the_commands_are_listed() {
        assertThat(run("check-servce")).hasValue(2);
        assertThat(err()).startsWith("There is no command check-servce.").contains("check-service");
    }

    @Test
    void without_a_command_the_server_is_started() {
        assertThat(run()).isEmpty();
        assertThat(run("--spring.profiles.active=postgres")).isEmpty();
    }

    @Test
    void an_adapter_that_needs_the_running_server_is_known_by_name() {
        assertThat(AdaptersOnThePath.find())
                .extracting(Adapter::name)
                .contains("test-deployer", "test-source", "test-channel");
    }

    static class TestDeployer implements Adapter {

        @SuppressWarnings("unused")
        TestDeployer(Runnable nothingLikeThisIsHere) {}

        @Override
        public String name() {
            return "test-deployer";
        }

        @Override
        public Kind kind() {
            return Kind.DEPLOYER;
        }
    }

    static class TestSource implements Adapter {

        @SuppressWarnings("unused")
        TestSource(ObjectMapper json) {}

        @Override
        public String name() {
            return "test-source";
        }

        @Override
        public Kind kind() {
            return Kind.METRIC_SOURCE;
        }

        @Override
        public List<String> problems(Settings settings) {
            var url = settings.required("url");
            return url.startsWith("http") ? List.of() : List.of("url: " + url + " is no URL.");
        }
    }

    static class TestChannel implements Adapter {

        @Override
        public String name() {
            return "test-channel";
        }

        @Override
        public Kind kind() {
            return Kind.CHANNEL;
        }
    }

    private OptionalInt run(String... args) {
        return Commands.run(args, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}

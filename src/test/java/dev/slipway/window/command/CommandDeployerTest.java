package dev.slipway.window.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Real programs: shell scripts that each test writes. */
class CommandDeployerTest {

    @TempDir
    Path directory;

    private Path program;
    private CommandDeployer deployer;

    @BeforeEach
    void allowOneProgram() {
        program = directory.resolve("deploy");
        deployer = newAdapter();
    }

    /** A process that begins anew remembers nothing. */
    private CommandDeployer newAdapter() {
        return new CommandDeployer(
                new CommandProperties(List.of(program.toString()), Set.of("TOKEN", "REGION", "OUT")),
                new ObjectMapper());
    }

    @Test
    void each_action_is_one_run_with_its_own_arguments() throws IOException {
        script("""
                printf '%s\\n' "$SLIPWAY_ACTION" "$#" "$@" >> "$OUT"
                echo fine
                """);

        assertThat(deployer.deploy(order(0))).isEqualTo(new Answer.Done("fine"));
        assertThat(written()).containsExactly("deploy", "3", "deploy", "checkout", "1.5.0");

        assertThat(deployer.shift(order(12.5))).isEqualTo(new Answer.Done("fine"));
        assertThat(written())
                .containsExactly("state", "2", "state", "1.5.0", "shift", "2", "shift", "1.5.0=12.5,1.4.2=rest");

        assertThat(deployer.rollBack(order(0))).isEqualTo(new Answer.Done("fine"));
        assertThat(written()).endsWith("rollback", "4", "rollback", "--to=1.4.2", "REL-42", "REL-42:shift:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5.0; touch pwned",
                "$(touch pwned)",
                "`touch pwned`",
                "a b  c",
                "*",
                "${HOME}",
                "$servingVersion",
                "\"'\\",
                "…ä"
            })
    void whatever_a_version_is_called_it_stays_one_argument_and_no_shell_reads_it(String version) throws IOException {
        script("printf '%s\\n' \"$#\" \"$3\" >> \"$OUT\"");

        assertThat(deployer.deploy(order(version, "1.4.2", 0, settings()))).isInstanceOf(Answer.Done.class);

        assertThat(written()).containsExactly("3", version);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("deploy", "out");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--delete-everything", "-rf", "1.5\n0", "1.5\0", "1.5\u001b[2J", "1.5\u2028"})
    void a_version_that_would_be_more_than_a_value_is_refused_and_nothing_runs(String version) throws IOException {
        script("echo run >> \"$OUT\"");

        assertThat(deployer.deploy(order(version, "1.4.2", 0, settings()))).isInstanceOf(Answer.Failed.class);
        assertThat(deployer.state(order(version, "1.4.2", 0, settings()))).isInstanceOf(State.Unknown.class);

        assertThat(written()).isEmpty();
    }

    @Test
    void a_hyphen_does_no_harm_behind_something_else() throws IOException {
        script("printf '%s\\n' \"$@\" >> \"$OUT\"");

        deployer.deploy(order("-rf", "1.4.2", 0, with("deploy", List.of("--version=$version", "v$version"))));

        assertThat(written()).containsExactly("--version=-rf", "v-rf");
    }

    @Test
    void a_placeholder_that_stands_for_nothing_is_refused() throws IOException {
        script("echo run >> \"$OUT\"");

        assertThat(deployer.rollBack(order("1.5.0", null, 0, settings())))
                .isEqualTo(new Answer.Failed("$servingVersion stands for nothing in this order"));
        assertThat(deployer.deploy(order("1.5.0", null, 0, with("deploy", List.of("$target")))))
                .isEqualTo(new Answer.Failed("$target stands for nothing in this order"));
    }

    @Test
    void the_environment_is_empty_but_for_what_was_given_and_so_is_the_directory() throws IOException {
        script("""
                env | sort >> "$OUT"
                pwd >> "$OUT"
                ls -A | wc -l >> "$OUT"
                touch left-behind
                cat | wc -c >> "$OUT"
                """);

        assertThat(deployer.deploy(order(0))).isInstanceOf(Answer.Done.class);

        var lines = written();
        var names = lines.stream()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !Set.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .toList();
        assertThat(names)
                .containsExactly("OUT", "SLIPWAY_ACTION", "SLIPWAY_IDEMPOTENCY_KEY", "SLIPWAY_REPORT_TO", "TOKEN");
        assertThat(lines)
                .contains("SLIPWAY_IDEMPOTENCY_KEY=REL-42:shift:1", "TOKEN=hunter-two", "SLIPWAY_ACTION=deploy");
        var its = Path.of(lines.get(lines.size() - 3));
        assertThat(its.getFileName().toString()).startsWith("slipway-command");
        assertThat(its).doesNotExist();
        // Nothing lies in the directory and nothing comes from the standard input.
        assertThat(lines.subList(lines.size() - 2, lines.size()))
                .extracting(String::strip)
                .containsExactly("0", "0");
    }

    @Test
    void a_part_says_which_it_is() throws IOException {
        script("echo \"$1 $SLIPWAY_COMPONENT $SLIPWAY_WAVE\" >> \"$OUT\"");
        var real = order(0);

        deployer.deploy(new Order(
                real.key(),
                real.release(),
                real.service(),
                real.version(),
                real.servingVersion(),
                0,
                with("deploy", List.of("$component.$wave")),
                null,
                null,
                "web",
                "eu-west"));

        assertThat(written()).containsExactly("web.eu-west web eu-west");
    }

    @Test
    void a_rehearsal_says_where_it_is() throws IOException {
        script("echo \"$1 $SLIPWAY_TARGET\" >> \"$OUT\"");
        var real = order(0);

        deployer.deploy(new Order(
                real.key(),
                real.release(),
                real.service(),
                real.version(),
                real.servingVersion(),
                0,
                with("deploy", List.of("$target")),
                null,
                "staging"));

        assertThat(written()).containsExactly("staging staging");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "125, false", "75, true", "127, true", "137, true"})
    void an_exit_code_is_a_refusal_or_a_technical_failure(int code, boolean technical) throws IOException {
        script("echo working\necho 'no such image' >&2\nexit " + code);

        if (technical) {
            assertThatThrownBy(() -> deployer.deploy(order(0)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no such image");
        } else {
            assertThat(deployer.deploy(order(0)))
                    .isEqualTo(new Answer.Failed("the command ended with exit code " + code + ": no such image"));
        }
    }

    @Test
    void where_refusals_are_stated_any_other_code_is_technical() throws IOException {
        script("exit ${TOKEN}");
        for (var code : List.of(3, 4)) {
            var settings = with("refused", List.of(3)).with(new Settings(Map.of("environment", Map.of("TOKEN", code))));
            var order = order("1.5.0", "1.4.2", 0, settings);
            if (code == 3) {
                assertThat(deployer.deploy(order)).isInstanceOf(Answer.Failed.class);
            } else {
                assertThatThrownBy(() -> deployer.deploy(order)).hasMessageContaining("exit code 4");
            }
        }
    }

    @Test
    void an_exit_code_says_that_a_report_comes_later() throws IOException {
        script("echo \"$SLIPWAY_REPORT_TO\" >> \"$OUT\"\necho \"will tell $SLIPWAY_REPORT_TO\"\nexit 10");

        assertThat(deployer.deploy(order("1.5.0", "1.4.2", 0, with("pending", 10))))
                .isEqualTo(new Answer.Pending("will tell …"));

        assertThat(written()).containsExactly("http://slipway/hooks/deployments/token");
    }

    @Test
    void a_program_that_does_not_end_is_killed_with_its_children_and_their_orphans() throws IOException {
        script("""
                sleep 300 &
                echo $! >> "$OUT"
                ( ( trap '' TERM; sleep 301 ) & echo $! >> "$OUT"; sleep 0.4 )
                echo "waiting with $TOKEN"
                trap '' TERM
                sleep 302
                sleep 303
                """);
        var began = Instant.now();

        assertThatThrownBy(() -> deployer.deploy(order("1.5.0", "1.4.2", 0, with("timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not end within PT1S and was killed: waiting with …");

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(8));
        var children = written();
        assertThat(children).hasSize(2);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(children)
                        .allSatisfy(pid -> assertThat(
                                        ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                                .isEmpty()));
    }

    /** Were the child ended first, the script would do what comes after it. */
    @RepeatedTest(5)
    void a_script_that_is_killed_does_not_go_on_with_its_next_line() throws IOException {
        script("( sleep 60; echo inner >> \"$OUT\" )\necho outer >> \"$OUT\"");

        assertThatThrownBy(() -> deployer.deploy(order("1.5.0", "1.4.2", 0, with("timeout", "PT1S"))))
                .hasMessageContaining("was killed");

        assertThat(written()).isEmpty();
    }

    @Test
    void a_flood_of_output_is_read_away_and_its_end_is_kept() throws IOException {
        script("head -c 50000000 /dev/zero | tr '\\0' 'x'\necho\necho 'the end of it'\nexit 3");

        assertThat(deployer.deploy(order("1.5.0", "1.4.2", 0, with("timeout", "PT40S"))))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message())
                                .endsWith("the end of it")
                                .hasSizeLessThan(1_200));

        script("while :; do echo flood; done");
        assertThatThrownBy(() -> deployer.deploy(order("1.5.0", "1.4.2", 0, with("timeout", "PT1S"))))
                .hasMessageContaining("flood / flood");

        script("head -c 1000000 /dev/zero | tr '\\0' '1'");
        assertThat(deployer.state(order(0))).isEqualTo(new State.Unknown("the command wrote too much"));
    }

    @Test
    void a_child_that_keeps_the_output_open_holds_up_nobody() throws IOException {
        script("sleep 20 &\necho started");
        var began = Instant.now();

        assertThat(deployer.deploy(order(0))).isEqualTo(new Answer.Done("started"));

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void what_was_given_in_confidence_is_not_repeated_however_it_is_written() throws IOException {
        script("printf '%190s%s\\n' x \"$TOKEN\"\nprintf '\\033[31m%s\\033[0m\\n' \"$TOKEN\" >&2\nexit 3");
        assertThat(((Answer.Failed) deployer.deploy(order(0))).message()).endsWith(": …");

        script("printf '%190s%s\\n' x \"$TOKEN\"\nexit 75");
        assertThatThrownBy(() -> deployer.deploy(order(0)))
                .satisfies(failure ->
                        assertThat(failure.toString() + failure.getCause()).doesNotContain("hunt"));
    }

    /** The program does its work and the engine never hears of it: it asks again, in a new process, with the same key. */
    @Test
    void an_order_that_was_carried_out_before_a_crash_is_not_carried_out_again() throws IOException {
        var state = Files.writeString(directory.resolve("weight"), "0");
        script("""
                case $SLIPWAY_ACTION in
                  state) cat %1$s ;;
                  shift) echo 25 > %1$s; echo shifted >> "$OUT"; kill -9 $$ ;;
                  rollback) echo 0 > %1$s; echo back >> "$OUT"; kill -9 $$ ;;
                esac
                """.formatted(state));

        assertThatThrownBy(() -> deployer.shift(order(25))).hasMessageContaining("exit code 137");
        assertThat(newAdapter().shift(order(25))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order(25))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order(25))).isEqualTo(new State.Serving(25));
        assertThatThrownBy(() -> deployer.rollBack(order(0))).hasMessageContaining("exit code 137");
        assertThat(newAdapter().rollBack(order(0))).isInstanceOf(Answer.Done.class);

        assertThat(written()).containsExactly("shifted", "back");
    }

    @Test
    void a_question_that_is_not_answered_does_not_hold_up_the_way_back() throws IOException {
        script("if [ \"$SLIPWAY_ACTION\" = state ]; then sleep 60; fi\necho \"$SLIPWAY_ACTION\" >> \"$OUT\"");

        assertThat(deployer.rollBack(order("1.5.0", "1.4.2", 0, with("stateTimeout", "PT1S"))))
                .isInstanceOf(Answer.Done.class);

        assertThat(written()).containsExactly("rollback");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25|25",
                "12.5 %|12.5",
                "0|0",
                "{\"weight\": 100}|100",
                "{\"weight\": 33.3, \"more\": 1}|33.3",
                "101|",
                "{\"weight\": \"25\"}|",
                "{\"weight\": -1}|",
                "fine|",
                "''|",
                "25 26|"
            })
    void the_state_is_a_number_or_json_and_anything_else_is_unknown(String written, Double weight) throws IOException {
        script("echo noise >&2\ncat <<'END'\n" + written + "\nEND");

        var state = deployer.state(order(0));

        if (weight == null) {
            assertThat(state).isEqualTo(new State.Unknown("the command wrote no percentage from 0 to 100"));
        } else {
            assertThat(state).isEqualTo(new State.Serving(weight));
        }
    }

    @Test
    void a_state_that_fails_is_unknown_and_one_that_can_not_be_had_now_is_technical() throws IOException {
        script("echo 'no idea' >&2; exit 1");
        assertThat(deployer.state(order(0)))
                .isEqualTo(new State.Unknown("the command ended with exit code 1: no idea"));

        script("exit 75");
        assertThatThrownBy(() -> deployer.state(order(0))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_program_that_is_not_there_or_no_longer_allowed_is_not_run() throws IOException {
        assertThatThrownBy(() -> deployer.deploy(order(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't be run");

        script("echo run >> \"$OUT\"");
        var forbidding = new CommandDeployer(new CommandProperties(List.of(), Set.of()), new ObjectMapper());
        assertThatThrownBy(() -> forbidding.deploy(order(0))).hasMessageContaining("is not allowed here");
        assertThat(written()).isEmpty();
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings())).isEmpty();
        assertThat(deployer.problems(Settings.NONE))
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("executable is missing"))
                .anyMatch(problem -> problem.startsWith("deploy is missing"))
                .anyMatch(problem -> problem.startsWith("state is missing"));
        assertThat(problem("executable", "/bin/sh")).startsWith("executable: /bin/sh is not allowed here");
        assertThat(problem("executable", program.getParent() + "/x/../deploy")).contains("is not allowed here");
        assertThat(problem("shift", "shift $weight; reboot")).startsWith("shift: must be a list of arguments");
        assertThat(problem("shift", List.of("$wieght"))).startsWith("shift: $wieght is unknown; there are $component");
        assertThat(problem("shift", List.of("a\nb"))).startsWith("shift: has a control character");
        assertThat(problem("state", Collections.nCopies(101, "x"))).startsWith("state: must be at most 100");
        assertThat(problem("environment", Map.of("LD_PRELOAD", "/x.so"))).contains("LD_PRELOAD is not allowed here");
        assertThat(problem("environment", Map.of("SLIPWAY_ACTION", "x"))).contains("is not the name of a variable");
        assertThat(problem("environment", "A=b")).startsWith("environment: must be names with values");
        assertThat(problem("refused", List.of(3, 75))).startsWith("refused: 75 is not an exit code");
        assertThat(problem("refused", List.of(0))).startsWith("refused: 0 is not an exit code");
        assertThat(problem("pending", 300)).startsWith("pending: 300 is not an exit code");
        assertThat(problem("timeout", "PT2M")).startsWith("timeout: PT2M is not between");
        assertThat(problem("stateTimeout", "PT6S")).startsWith("stateTimeout: PT6S is not between");
        assertThat(problem("shell", "bash")).startsWith("shell is not a setting of command");
    }

    @Test
    void the_operator_states_programs_and_variables_by_springs_usual_means() {
        var stated = new Binder(new MapConfigurationPropertySource(Map.of(
                        "slipway.command.allowed", "/opt/deploy/checkout,/opt/deploy/shop",
                        "slipway.command.environment", "REGION,TOKEN")))
                .bind("slipway.command", CommandProperties.class)
                .get();

        assertThat(stated.allowed()).containsExactly("/opt/deploy/checkout", "/opt/deploy/shop");
        assertThat(stated.environment()).containsExactlyInAnyOrder("REGION", "TOKEN");
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("slipway.command", CommandProperties.class)
                        .allowed())
                .isEmpty();
    }

    @Test
    void the_operator_allows_absolute_paths_only() {
        for (var path : List.of("deploy", "./deploy", "/opt/../bin/sh")) {
            assertThatThrownBy(() -> new CommandProperties(List.of(path), Set.of()))
                    .hasMessageContaining("is not an absolute path");
        }
    }

    @Test
    void the_same_program_with_the_same_arguments_and_environment_is_the_same_place() {
        assertThat(deployer.isSamePlace(settings(), with("timeout", "PT9S"))).isTrue();
        assertThat(deployer.isSamePlace(settings(), with("shift", List.of("shift", "staging"))))
                .isFalse();
        assertThat(deployer.isSamePlace(settings(), with("environment", Map.of("REGION", "test"))))
                .isFalse();
    }

    private String problem(String name, Object value) {
        var problems = deployer.problems(with(name, value));
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private void script(String lines) throws IOException {
        // Written beside and moved: a program that is open for writing can't be run.
        var fresh = Files.writeString(directory.resolve("fresh"), "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, program, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @return the lines that the program has written since this was last asked */
    private List<String> written() throws IOException {
        var out = directory.resolve("out");
        if (Files.notExists(out)) {
            return List.of();
        }
        var lines = new ArrayList<>(Files.readAllLines(out));
        Files.writeString(out, "");
        return lines;
    }

    private Settings settings() {
        var settings = new HashMap<String, Object>();
        settings.put("executable", program.toString());
        settings.put("deploy", List.of("deploy", "$service", "$version"));
        settings.put("shift", List.of("shift", "$version=$weight,$servingVersion=rest"));
        settings.put("rollback", List.of("rollback", "--to=$servingVersion", "$release", "$key"));
        settings.put("state", List.of("state", "$version"));
        settings.put(
                "environment",
                Map.of("TOKEN", "hunter-two", "OUT", directory.resolve("out").toString()));
        settings.put("timeout", "PT20S");
        return new Settings(settings);
    }

    private Settings with(String name, Object value) {
        return settings().with(new Settings(Map.of(name, value)));
    }

    private Order order(double weight) {
        return order("1.5.0", "1.4.2", weight, settings());
    }

    private static Order order(String version, String serving, double weight, Settings settings) {
        return new Order(
                "REL-42:shift:1",
                "REL-42",
                "checkout",
                version,
                serving,
                weight,
                settings,
                URI.create("http://slipway/hooks/deployments/token"),
                null);
    }
}

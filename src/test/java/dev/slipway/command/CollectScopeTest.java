package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.prerelease.git.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectScopeTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String first;
    private String last;

    @BeforeEach
    void create() {
        try (var test = new TestRepository(directory.resolve("shop.git"))) {
            first = test.file("a.js", "one\n").commit("feat: one");
            test.tag("v1.0.0");
            test.file("a.js", "one\ntwo\n").commit("fix: two (#4)\n\nSHOP-1");
            test.tag("v1.0.1");
            last = test.file("a.js", "one\ntwo\nprocess.env.PAYMENT_URL\n").commit("feat: three");
        }
    }

    @Test
    void nothing_to_answer_is_fine() {
        assertThat(run("1.0.0", "1.0.1")).isEqualTo(Command.FINE);
        assertThat(out())
                .contains("From v1.0.0 to v1.0.1: 1 change (0 features, 1 fix, 0 infrastructure, 0 other).")
                .contains("Pull requests: #4")
                .contains("fix: two (#4)")
                .contains("The changed lines show no other need of anything outside.");
        assertThat(err()).isEmpty();
    }

    @Test
    void something_to_answer_is_a_finding() {
        assertThat(run("1.0.0", "main")).isEqualTo(Command.FINDINGS);
        assertThat(out())
                .contains("a.js:3: environment-variable: PAYMENT_URL is read now, and was not before.")
                .contains("Is PAYMENT_URL set in production?");
    }

    @Test
    void machines_get_one_object() throws IOException {
        assertThat(run("v1.0.0", last, "--json")).isEqualTo(Command.FINDINGS);
        var json = new ObjectMapper().readTree(out());

        assertThat(json.get("from").asText()).isEqualTo(first);
        assertThat(json.get("to").asText()).isEqualTo(last);
        assertThat(json.get("commits")).hasSize(2);
        assertThat(json.get("pullRequests").get(0).asInt()).isEqualTo(4);
        assertThat(json.get("tickets").get(0).asText()).isEqualTo("SHOP-1");
        assertThat(json.get("features").get(0).asText()).isEqualTo("feat: three");
        assertThat(json.get("files").asInt()).isEqualTo(1);
        assertThat(json.get("linesAdded").asInt()).isEqualTo(2);
        assertThat(json.get("linesDeleted").asInt()).isZero();
        assertThat(json.get("batch").get("known").asBoolean()).isFalse();
        assertThat(json.get("dependencies"))
                .singleElement()
                .satisfies(one -> assertThat(one.fieldNames())
                        .toIterable()
                        .containsExactly("kind", "name", "file", "line", "change", "what", "why", "question"));
        assertThat(json.get("evidence")).hasSize(2);
    }

    @Test
    void what_can_not_be_done_is_bad_input_with_a_reason() {
        assertThat(run("1.0.0", "9.9.9")).isEqualTo(Command.BAD_INPUT);
        assertThat(err()).contains("There is no revision 9.9.9").contains("The nearest tags are");
        assertThat(command("--repository", directory.resolve("gone").toString(), "--from", "a", "--to", "b"))
                .isEqualTo(Command.BAD_INPUT);
        assertThat(command("--repository", directory.toString(), "--from", "a", "--to", "b"))
                .isEqualTo(Command.BAD_INPUT);
        assertThat(command("--from", "a", "--to", "b")).isEqualTo(Command.BAD_INPUT);
        assertThat(err()).contains("--repository is missing. Usage: java -jar slipway.jar collect-scope");
        assertThat(command("--from")).isEqualTo(Command.BAD_INPUT);
        assertThat(command("--xml")).isEqualTo(Command.BAD_INPUT);
        assertThat(out()).isEmpty();
    }

    private int run(String from, String to, String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of(
                "--repository", directory.resolve("shop.git").toString(), "--from", from, "--to", to));
        args.addAll(java.util.List.of(more));
        return command(args.toArray(String[]::new));
    }

    private int command(String... args) {
        var all = new String[args.length + 1];
        all[0] = "collect-scope";
        System.arraycopy(args, 0, all, 1, args.length);
        return Commands.run(all, print(out), print(err)).orElseThrow();
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
}

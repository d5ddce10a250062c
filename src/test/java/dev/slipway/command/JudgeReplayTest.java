package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeReplayTest {

    private static final String METRICS = """
            [{"name": "error_ratio", "kind": "ratio", "numerator": "errors", "denominator": "requests",
              "bad": "increase", "critical": true},
             {"name": "latency_p95_s", "kind": "gauge", "column": "latency", "bad": "increase", "critical": true}]""";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void recordings() throws IOException {
        Files.writeString(folder.resolve("cases.json"), """
                {"cases": [{"id": "good", "file": "good.csv", "metrics": %s},
                           {"id": "slow", "file": "slow.csv", "metrics": %s},
                           {"id": "failing", "file": "failing.csv", "metrics": %s},
                           {"id": "dark", "file": "dark.csv", "metrics": %s}]}""".formatted(METRICS, METRICS, METRICS, METRICS));
        Files.writeString(folder.resolve("good.csv"), before() + after("1,1000,0.101"));
        Files.writeString(folder.resolve("slow.csv"), before() + after("1,1000,0.4"));
        Files.writeString(folder.resolve("failing.csv"), before() + after("60,1000,0.101"));
        Files.writeString(folder.resolve("dark.csv"), before() + after(",,"));
    }

    @Test
    void every_case_gets_its_verdict_and_the_look_that_decided() throws IOException {
        assertThat(run(folder.toString(), "--out", result().toString())).isZero();

        var cases = read().path("cases");
        assertThat(said(cases, "good")).isEqualTo("PASS at 4");
        assertThat(said(cases, "slow")).isEqualTo("FAIL at 1");
        assertThat(said(cases, "failing")).isEqualTo("FAIL at 1");
        assertThat(said(cases, "dark")).isEqualTo("INCONCLUSIVE at 4");
        assertThat(cases.path("slow").path("reason").asText())
                .contains("latency_p95_s is worse than before the release");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("cases: 1 PASS, 2 FAIL, 1 INCONCLUSIVE\n");
    }

    @Test
    void windows_of_a_longer_recording_are_judged_with_and_without_an_effect() throws IOException {
        Files.createDirectories(folder.resolve("pool"));
        Files.writeString(
                folder.resolve("pool/quiet.csv"),
                """
                epoch,usable,errors,requests,latency
                """
                        + IntStream.range(0, 30)
                                .mapToObj(i -> i * 60 + "," + (i == 3 ? 0 : 1) + ","
                                        + (i == 3 ? "900,1000,9" : "1,1000,0.1" + i % 5))
                                .collect(Collectors.joining("\n")));
        Files.writeString(folder.resolve("pool/pool.json"), """
                {"bases": {"quiet": {"file": "quiet.csv", "metrics": %s}},
                 "windows": [{"id": "w1", "base": "quiet", "k": 24, "n_before": 22, "n_after": 4}],
                 "injections": [{"id": "w1-slow", "window": "w1", "after_override": {"latency": [0.4, 0.4, null, 0.4]}}]}""".formatted(METRICS));

        assertThat(run(folder.toString(), "--out", result().toString(), "--json"))
                .isZero();

        assertThat(said(read().path("windows"), "w1")).isEqualTo("PASS at 4");
        assertThat(said(read().path("injections"), "w1-slow")).isEqualTo("FAIL at 1");
        assertThat(new ObjectMapper()
                        .readTree(out.toByteArray())
                        .path("WINDOWS")
                        .path("PASS")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void what_is_not_as_documented_is_named() throws IOException {
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(run("--out", "x", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(run(folder.toString(), "--out", result().toString(), "--alpha", "2"))
                .isEqualTo(2);
        assertThat(complaint()).contains("--alpha 2 does not lie between 0 and 1");

        Files.writeString(folder.resolve("slow.csv"), "epoch,phase,errors,requests\n0,before,1,2\n60,after,1,2\n");
        assertThat(run(folder.toString(), "--out", result().toString())).isEqualTo(2);
        assertThat(complaint()).contains("there is no column latency");

        Files.writeString(folder.resolve("slow.csv"), before());
        assertThat(run(folder.toString(), "--out", result().toString())).isEqualTo(2);
        assertThat(complaint()).contains("slow has no values after the release");

        Files.writeString(folder.resolve("cases.json"), "{\"cases\": [{\"id\": \"x\"}]}");
        assertThat(run(folder.toString(), "--out", result().toString())).isEqualTo(2);
        assertThat(complaint()).contains("cases.json: file is missing");
    }

    private static String before() {
        return "epoch,phase,errors,requests,latency\n"
                + IntStream.range(0, 20)
                        .mapToObj(i -> i * 60 + ",before," + (i % 3) + ",1000,0.1" + i % 7)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String after(String values) {
        return IntStream.range(20, 24)
                .mapToObj(i -> i * 60 + ",after," + values)
                .collect(Collectors.joining("\n"));
    }

    private int run(String... args) {
        out.reset();
        return new JudgeReplay()
                .run(
                        List.of(args),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path result() {
        return folder.resolve("verdicts.json");
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(result().toFile());
    }

    private static String said(JsonNode entries, String id) {
        return entries.path(id).path("verdict").asText() + " at "
                + entries.path(id).path("at_sample").asInt();
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

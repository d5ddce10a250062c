package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link JudgeBenchmark}; the table goes to the log. */
class JudgeBenchmarkTest {

    @Test
    @Tag("benchmark")
    void what_a_verdict_costs() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(JudgeBenchmark.class.getName())
                        .shouldFailOnError(true)
                        .build())
                .run();

        assertThat(results).hasSize(JudgeBenchmark.Judged.values().length * 3);
    }
}

package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.benchmark.JudgeSimulation.Harm;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** False alarms and power of the judge on simulated releases that are looked at sixty times each. */
class JudgeSimulationTest {

    private static final double MUCH = 3_000;
    private static final double LITTLE = 30;
    private static final int RELEASES = Integer.getInteger("simulated.releases", 10_000);

    @Test
    void a_stable_release_is_hardly_ever_failed() {
        for (var traffic : List.of(MUCH, 300.0, LITTLE)) {
            assertThat(stable(traffic, 0.2, 0, 0).run(200, 1).failed()).isLessThan(0.01);
        }
        assertThat(stable(MUCH, 0.2, 0.5, 0).run(200, 2).failed()).isLessThanOrEqualTo(0.01);
        assertThat(stable(MUCH, 0.4, 0.8, 240).run(200, 5).failed()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void a_bad_release_is_failed_soon() {
        var errors = new JudgeSimulation(MUCH, 0.002, 0.2, 0, 0, new Harm("errors +3 pp", 0.03, 1)).run(50, 3);
        var slow = new JudgeSimulation(MUCH, 0.002, 0.2, 0, 0, new Harm("latency x2", 0, 2)).run(50, 4);

        assertThat(errors.failed()).isGreaterThan(0.98);
        assertThat(errors.median()).isLessThanOrEqualTo(2);
        assertThat(slow.failed()).isGreaterThan(0.98);
        assertThat(slow.median()).isLessThanOrEqualTo(3);
    }

    @Test
    @Tag("benchmark")
    void the_table_of_the_documentation() {
        System.out.println("| requests a look | spread | correlation | history | harm | FAIL | asked | median look |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (var traffic : List.of(MUCH, 300.0, LITTLE)) {
            row(stable(traffic, 0.2, 0, 0), RELEASES);
        }
        row(stable(MUCH, 0.4, 0, 0), RELEASES);
        for (var correlation : List.of(0.5, 0.8)) {
            for (var spread : List.of(0.2, 0.4)) {
                for (var history : List.of(0, 240)) {
                    row(stable(MUCH, spread, correlation, history), RELEASES);
                }
            }
        }
        row(stable(LITTLE, 0.4, 0.8, 240), RELEASES);
        for (var traffic : List.of(MUCH, 300.0, LITTLE)) {
            for (var harm : List.of(
                    new Harm("errors +0.3 pp (tolerable)", 0.003, 1),
                    new Harm("errors +1 pp", 0.01, 1),
                    new Harm("errors +3 pp", 0.03, 1),
                    new Harm("latency x1.1 (tolerable)", 0, 1.1),
                    new Harm("latency x1.5", 0, 1.5),
                    new Harm("latency x2", 0, 2))) {
                if (traffic == MUCH || harm.more() > 0) {
                    row(new JudgeSimulation(traffic, 0.002, 0.2, 0, 0, harm), 1_000);
                }
            }
        }
        for (var correlation : List.of(0.5, 0.8)) {
            for (var times : List.of(1.5, 2.0)) {
                row(
                        new JudgeSimulation(
                                MUCH, 0.002, 0.2, correlation, 240, new Harm("latency x" + times, 0, times)),
                        1_000);
            }
        }
    }

    private static JudgeSimulation stable(double traffic, double spread, double correlation, int history) {
        return new JudgeSimulation(traffic, 0.002, spread, correlation, history, Harm.NONE);
    }

    private static void row(JudgeSimulation simulation, int releases) {
        var outcome = simulation.run(releases, 42);
        System.out.printf(
                Locale.ROOT,
                "| %.0f | %.1f | %.1f | %d | %s | %.2f %% of %d | %.1f %% | %s |%n",
                simulation.requests(),
                simulation.spread(),
                simulation.correlation(),
                simulation.history(),
                simulation.harm().name(),
                100 * outcome.failed(),
                releases,
                100 * outcome.asked(),
                outcome.median() == 0 ? "–" : outcome.median());
        assertThat(outcome.failed()).isBetween(0.0, 1.0);
    }
}

package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.window.PlannedMonth;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long it takes to propose slots while five hundred releases are planned into a month. The limit is on processor time,
 * so that other work on the machine does not decide; the time on the clock is printed beside it.
 */
class SlotsBenchmarkTest extends PlannedMonth {

    private static final Duration MONTH = Duration.ofDays(31);

    @Test
    void releases_that_take_the_slots_proposed_to_them_never_collide() throws IOException {
        planAll(80);
    }

    @Test
    @Tag("benchmark")
    void slots_among_five_hundred_releases_in_a_month_are_proposed_in_less_than_two_seconds() throws IOException {
        var all = System.nanoTime();
        planAll(500);
        System.out.printf("500 releases planned one after the other in %.1f s%n", seconds(all));

        var threads = ManagementFactory.getThreadMXBean();
        for (var count : new int[] {1, 5, 50}) {
            var begin = System.nanoTime();
            var worked = threads.getCurrentThreadCpuTime();
            var proposal = propose(count);
            var processor = Duration.ofNanos(threads.getCurrentThreadCpuTime() - worked);
            System.out.printf(
                    "%d slots among 500 planned releases in %.3f s, %.3f s of the processor; %d obstacles passed over%n",
                    count,
                    seconds(begin),
                    processor.toNanos() / 1e9,
                    proposal.passedOver().size());
            assertThat(proposal.slots()).hasSize(count);
            assertThat(processor).isLessThan(Duration.ofSeconds(2));
        }
    }

    private void planAll(int count) throws IOException {
        for (var number = 0; number < count; number++) {
            var added = plan(number);
            assertThat(added.slot().start()).isBefore(begin().plus(MONTH));
            for (var other : planned().subList(0, number)) {
                assertThat(added.collidesWith(other))
                        .as("%s and %s", added, other)
                        .isFalse();
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}

package dev.slipway.observation.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {

    @Test
    void the_lowest_value_is_the_lowest_block_and_the_highest_the_highest() {
        assertThat(Sparkline.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)))
                .isEqualTo("▁▂▃▄▅▆▇█");
    }

    @Test
    void what_is_missing_is_a_dot() {
        assertThat(Sparkline.of(Arrays.asList(0.0, null, 1.0))).isEqualTo("▁·█");
    }

    @Test
    void values_that_do_not_change_stay_low() {
        assertThat(Sparkline.of(List.of(0.3, 0.3))).isEqualTo("▁▁");
    }

    @Test
    void the_range_is_said_in_words() {
        assertThat(Sparkline.inWords(Arrays.asList(0.01, 0.04, null, 0.031), "ratio"))
                .isEqualTo("▁█·▆ 0.01 to 0.04 ratio, last 0.031");
    }

    @Test
    void nothing_measured_is_nothing_to_show() {
        assertThat(Sparkline.inWords(Collections.nCopies(3, null), "s")).isEmpty();
        assertThat(Sparkline.of(List.of())).isEmpty();
    }

    @Test
    void of_very_many_the_highest_is_never_lost() {
        var values =
                IntStream.range(0, 1_000).mapToObj(i -> i == 777 ? 9.0 : 1.0).toList();

        assertThat(Sparkline.of(values)).hasSize(40).containsOnlyOnce("█");
    }

    @Test
    void extreme_values_do_not_overflow() {
        assertThat(Sparkline.of(List.of(-Double.MAX_VALUE, Double.MAX_VALUE))).isEqualTo("▁█");
    }
}

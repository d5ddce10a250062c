package dev.slipway.window.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 0, 256",
        "100, 3, 2, 256, 0",
        "50, 1, 1, 256, 256",
        "25, 2, 2, 85, 255",
        "5, 1, 1, 13, 247",
        "5, 1, 4, 52, 247",
        "75, 1, 1, 255, 85"
    })
    void the_greatest_weights_of_that_share_are_taken(double percent, int candidates, int stables, int new_, int old) {
        assertThat(Weights.nearest(percent, candidates, stables)).isEqualTo(new Weights(new_, old));
    }

    @Test
    void every_whole_percentage_can_be_had_with_groups_of_like_size() {
        for (var percent = 1; percent < 100; percent++) {
            for (var candidates = 1; candidates <= 6; candidates++) {
                for (var stables = 1; stables <= 6; stables++) {
                    if (Math.max(candidates, stables) > 2 * Math.min(candidates, stables)) {
                        continue;
                    }
                    var weights = Weights.nearest(percent, candidates, stables);

                    assertThat(weights.candidate()).isBetween(1, Weights.MOST);
                    assertThat(weights.stable()).isBetween(1, Weights.MOST);
                    assertThat(weights.share(candidates, stables))
                            .as("%s %% of %s and %s", percent, candidates, stables)
                            .isCloseTo(percent, within(0.05));
                    assertThat(weights.isFarFrom(percent, candidates, stables)).isFalse();
                }
            }
        }
    }

    @Test
    void a_share_beyond_what_weights_can_say_is_far() {
        var least = Weights.nearest(0.1, 1, 1);
        assertThat(least).isEqualTo(new Weights(1, 256));
        assertThat(least.isFarFrom(0.1, 1, 1)).isTrue();
        assertThat(Weights.nearest(0.4, 1, 1).isFarFrom(0.4, 1, 1)).isFalse();

        var most = Weights.nearest(99, 1, 64);
        assertThat(most).isEqualTo(new Weights(256, 1));
        assertThat(most.share(1, 64)).isEqualTo(80);
        assertThat(most.isFarFrom(99, 1, 64)).isTrue();
    }
}

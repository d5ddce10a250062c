package dev.slipway.window.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryShareTest {

    @ParameterizedTest
    @CsvSource({"19, 5, 1", "20, 5, 1", "12, 25, 4", "4, 20, 1", "4, 33.3, 2", "4, 50, 4", "1, 50, 1", "100, 0.5, 1"})
    void the_nearest_whole_number_of_pods_is_taken(int stable, double weight, int pods) {
        assertThat(new CanaryShare(stable, stable, 1).podsFor(weight)).isEqualTo(pods);
    }

    @Test
    void a_weight_above_half_needs_leave_for_more_pods_than_serve() {
        assertThatThrownBy(() -> new CanaryShare(4, 4, 5).podsFor(75))
                .hasMessageStartingWith(
                        "With 4 pods that serve, 75 % can't be reached by whole pods; 50 % is the nearest");
        assertThat(new CanaryShare(4, 12, 5).podsFor(75)).isEqualTo(12);
    }

    @Test
    void a_weight_above_nothing_is_never_rounded_to_nothing() {
        assertThat(new CanaryShare(4, 4, 50).podsFor(0.1)).isEqualTo(1);
    }

    @Test
    void the_tolerance_is_in_points_and_counts_itself() {
        assertThat(new CanaryShare(4, 4, 5).podsFor(25)).isEqualTo(1);
        assertThatThrownBy(() -> new CanaryShare(4, 4, 4.9).podsFor(25))
                .hasMessageContaining("20 % is the nearest, and the tolerance is 4.9 points");
    }

    @Test
    void where_nothing_serves_there_is_nothing_to_share() {
        assertThatThrownBy(() -> new CanaryShare(0, 5, 50).podsFor(50)).isInstanceOf(Refused.class);
    }
}

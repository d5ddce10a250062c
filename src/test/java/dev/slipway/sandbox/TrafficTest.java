package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final Traffic atFirst = Traffic.allTo("1.0.0");

    @Test
    void a_deployed_version_gets_no_traffic() {
        var next = moved(atFirst.deploy("1.1.0"));

        assertThat(next.weights()).isEqualTo(Map.of("1.0.0", 100.0, "1.1.0", 0.0));
        assertThat(next.serving()).isEqualTo("1.0.0");
    }

    @Test
    void the_version_that_serves_cannot_be_deployed_again() {
        assertThat(refused(atFirst.deploy("1.0.0")))
                .isEqualTo("1.0.0 already serves 100 % of the traffic. Release another version, or roll back first.");
    }

    @Test
    void a_shift_leaves_the_rest_to_the_version_that_served_before() {
        var next = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 5));

        assertThat(next.weights()).isEqualTo(Map.of("1.0.0", 95.0, "1.1.0", 5.0));
        assertThat(next.serving()).isEqualTo("1.0.0");
    }

    @Test
    void after_a_full_shift_the_next_release_is_measured_against_the_version_with_the_traffic() {
        var released = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 100));
        var next = moved(moved(released.deploy("1.2.0")).shift("1.2.0", 25));

        assertThat(released.serving()).isEqualTo("1.1.0");
        assertThat(next.weights()).isEqualTo(Map.of("1.1.0", 75.0, "1.2.0", 25.0));
    }

    @Test
    void a_version_that_is_not_deployed_gets_no_traffic() {
        assertThat(refused(atFirst.shift("1.1.0", 5)))
                .isEqualTo("1.1.0 is not deployed. Deploy it before it gets traffic.");
    }

    @Test
    void a_weight_that_is_no_percentage_is_refused() {
        var deployed = moved(atFirst.deploy("1.1.0"));

        assertThat(refused(deployed.shift("1.1.0", 101))).contains("101.0 is out of range");
        assertThat(refused(deployed.shift("1.1.0", Double.NaN))).contains("NaN is out of range");
    }

    @Test
    void a_second_release_waits_until_the_traffic_is_no_longer_split() {
        var split = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 5));

        assertThat(refused(split.deploy("1.2.0"))).contains("split between 1.0.0 and 1.1.0");
    }

    @Test
    void a_rollback_gives_all_traffic_to_the_version_it_names() {
        var split = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 25));
        var full = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 100));

        assertThat(moved(split.rollBack("1.1.0", "1.0.0")).weightOf("1.0.0")).isEqualTo(100);
        assertThat(moved(full.rollBack("1.1.0", "1.0.0")).weightOf("1.0.0")).isEqualTo(100);
    }

    @Test
    void a_rollback_that_names_no_version_goes_to_the_one_that_served_before() {
        var full = moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 100));

        assertThat(moved(full.rollBack("1.1.0", null)).serving()).isEqualTo("1.0.0");
        assertThat(moved(full.rollBack("1.2.0", null)).serving()).isEqualTo("1.1.0");
    }

    @Test
    void a_rollback_starts_a_version_again_that_was_gone() {
        var later = moved(
                moved(moved(moved(atFirst.deploy("1.1.0")).shift("1.1.0", 100)).deploy("1.2.0"))
                        .shift("1.2.0", 25));

        assertThat(moved(later.rollBack("1.2.0", "1.0.0")).weights()).isEqualTo(Map.of("1.0.0", 100.0, "1.2.0", 0.0));
    }

    @Test
    void nothing_can_be_rolled_back_to_itself() {
        assertThat(refused(atFirst.rollBack("1.0.0", "1.0.0"))).contains("no version to go back to");
        assertThat(refused(atFirst.rollBack("1.0.0", null))).contains("no version to go back to");
    }

    private static Traffic moved(Traffic.Move move) {
        assertThat(move).isInstanceOf(Traffic.Move.To.class);
        return ((Traffic.Move.To) move).traffic();
    }

    private static String refused(Traffic.Move move) {
        assertThat(move).isInstanceOf(Traffic.Move.Refused.class);
        return ((Traffic.Move.Refused) move).why();
    }
}

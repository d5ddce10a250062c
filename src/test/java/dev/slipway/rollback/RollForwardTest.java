package dev.slipway.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RollForwardTest {

    @Test
    void the_final_status_says_why_there_was_no_way_back_and_what_was_done() {
        assertThat(new RollForward("error-rate 9 %", "V12 drops a column.", "fixed", "1.1.1 mends it").inWords())
                .isEqualTo("error-rate 9 %. There was no way back: V12 drops a column. The way was forward. 1.1.1 mends"
                        + " it.");
        assertThat(new RollForward(null, "", "restored", "From the dump!").inWords())
                .isEqualTo("There was no way back. The old state was restored by hand all the same. From the dump!");
    }

    @Test
    void what_is_long_is_cut_so_that_the_engine_can_keep_it() {
        assertThat(new RollForward("x".repeat(4_000), null, "fixed", "y".repeat(4_000)).inWords())
                .hasSize(2_000)
                .endsWith("…");
    }
}

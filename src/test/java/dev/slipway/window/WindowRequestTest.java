package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import org.junit.jupiter.api.Test;

class WindowRequestTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:30Z");

    @Test
    void texts_with_and_without_a_zone_and_dates_are_read() {
        var end = Instant.parse("2026-11-25T11:00:00Z");

        assertThat(request("2026-11-25T10:00", Date.from(end)))
                .isEqualTo(new WindowRequest(Instant.parse("2026-11-25T09:00:00Z"), end));
        assertThat(request("2026-11-25T10:00:00+05:00", null))
                .isEqualTo(new WindowRequest(Instant.parse("2026-11-25T05:00:00Z"), null));
        assertThat(request("2026-11-25T10:00:00.000Z", " ").end()).isNull();
    }

    @Test
    void the_minute_that_runs_is_not_past() {
        assertThat(request("2026-11-24T10:00:00Z", null).start()).isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void a_window_that_is_past_missing_unreadable_or_upside_down_is_refused_and_the_field_named() {
        refused("2026-11-24T09:59:00Z", null, "windowStart", "is past");
        refused(null, null, "windowStart", "is missing");
        refused("next week", null, "windowStart", "\"next week\" is not a time");
        refused("2026-11-25T10:00:00Z", "soon", "windowEnd", "is not a time");
        refused("2026-11-25T10:00:00Z", "2026-11-25T10:00:00Z", "windowEnd", "is not after the start");
    }

    private static void refused(Object start, Object end, String field, String why) {
        assertThatThrownBy(() -> request(start, end))
                .isInstanceOfSatisfying(
                        Refusal.BadInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessageContaining(why);
    }

    private static WindowRequest request(Object start, Object end) {
        return WindowRequest.of(start, end, BERLIN, NOW);
    }
}

package dev.slipway.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.ServiceDefinition.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHoursTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-24T08:00:00Z, true, nine on a Tuesday in Berlin",
        "2026-11-24T07:59:59Z, false, a second before",
        "2026-11-24T14:59:59Z, true, the last second",
        "2026-11-24T15:00:00Z, false, the end does not belong to it",
        "2026-11-27T10:00:00Z, false, a Friday",
        "2026-07-21T07:00:00Z, true, nine on a Tuesday in summer",
    })
    void hours_are_by_the_clock_on_the_wall(Instant at, boolean allowed, String why) {
        assertThat(hours("Europe/Berlin", "MON-THU 09:00-16:00").contain(at))
                .as(why)
                .isEqualTo(allowed);
    }

    @Test
    void no_hours_named_means_always() {
        var at = Instant.parse("2026-12-25T03:00:00Z");

        assertThat(hours("Europe/Berlin").contain(at)).isTrue();
        assertThat(hours("Europe/Berlin").nextAt(at)).contains(at);
    }

    @Test
    void a_friday_waits_until_monday() {
        assertThat(hours("Europe/Berlin", "MON-THU 09:00-16:00").nextAt(Instant.parse("2026-11-27T10:00:00Z")))
                .contains(Instant.parse("2026-11-30T08:00:00Z"));
    }

    @Test
    void the_earliest_of_several_hours_is_next() {
        assertThat(hours("UTC", "SAT 10:00-11:00", "TUE,THU 20:00-21:00").nextAt(Instant.parse("2026-11-25T00:00:00Z")))
                .contains(Instant.parse("2026-11-26T20:00:00Z"));
    }

    @Test
    void hours_over_midnight_belong_to_the_day_on_which_they_begin() {
        var hours = hours("America/New_York", "FRI 22:00-02:00");

        assertThat(hours.contain(Instant.parse("2026-11-28T06:30:00Z"))).isTrue(); // Saturday 01:30
        assertThat(hours.contain(Instant.parse("2026-11-27T06:30:00Z"))).isFalse(); // Friday 01:30
    }

    @Test
    void days_go_round_the_end_of_the_week_and_a_day_ends_at_24() {
        var hours = hours("UTC", "SAT-MON 00:00-24:00");

        assertThat(hours.contain(Instant.parse("2026-11-29T23:59:59Z"))).isTrue();
        assertThat(hours.contain(Instant.parse("2026-12-01T00:00:00Z"))).isFalse();
    }

    @Test
    void the_hour_that_is_skipped_in_spring_opens_when_the_clock_changes() {
        // In Berlin, 02:00 to 03:00 does not exist on 29 March 2026.
        var hours = hours("Europe/Berlin", "SUN 02:30-04:00");
        var change = Instant.parse("2026-03-29T01:00:00Z");

        assertThat(hours.nextAt(Instant.parse("2026-03-29T00:00:00Z"))).contains(change);
        assertThat(hours.contain(change)).isTrue();
        assertThat(hours.contain(Instant.parse("2026-03-29T02:00:00Z"))).isFalse();
    }

    @Test
    void hours_that_the_spring_swallows_whole_are_next_a_week_later() {
        assertThat(hours("Europe/Berlin", "SUN 02:00-03:00").contain(Instant.parse("2026-03-29T01:00:00Z")))
                .isFalse();
        assertThat(hours("Europe/Berlin", "SUN 02:15-02:45").nextAt(Instant.parse("2026-03-29T01:00:00Z")))
                .contains(Instant.parse("2026-04-05T00:15:00Z"));
    }

    @Test
    void hours_across_the_autumn_change_last_an_hour_longer() {
        // In Berlin, the clock goes from 03:00 back to 02:00 on 25 October 2026.
        var hours = hours("Europe/Berlin", "SUN 01:00-04:00");

        assertThat(hours.contain(Instant.parse("2026-10-24T23:00:00Z"))).isTrue();
        assertThat(hours.contain(Instant.parse("2026-10-25T02:59:59Z"))).isTrue();
        assertThat(hours.contain(Instant.parse("2026-10-25T03:00:00Z"))).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}: {2} to {3}")
    @CsvSource({
        // The clock goes forward an hour at 2:00, back an hour at 3:00.
        "Europe/Berlin, SUN 00:00-24:00, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin, SUN 00:00-24:00, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "Europe/Berlin, SUN 01:30-02:30, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        "Europe/Berlin, SUN 02:30-03:30, 2026-10-25T00:30:00Z, 2026-10-25T02:30:00Z",
        "America/New_York, SUN 00:00-24:00, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "America/New_York, SUN 01:30-09:00, 2026-11-01T05:30:00Z, 2026-11-01T14:00:00Z",
        // Half an hour, at 2:00 each.
        "Australia/Lord_Howe, SUN 00:00-24:00, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z",
        "Australia/Lord_Howe, SUN 00:00-24:00, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z",
        "Australia/Lord_Howe, SUN 01:45-02:15, 2026-10-03T15:15:00Z, 2026-10-03T15:30:00Z",
        // Never, at 5:45 from UTC.
        "Asia/Kathmandu, MON 09:00-16:00, 2026-03-30T03:15:00Z, 2026-03-30T10:15:00Z",
        // The 30th of December 2011, a Friday, was left out.
        "Pacific/Apia, THU 22:00-02:00, 2011-12-30T08:00:00Z, 2011-12-30T10:00:00Z",
        "Pacific/Apia, SAT 00:00-24:00, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
    })
    void hours_are_as_long_as_the_clock_makes_them(String zone, String hours, Instant from, Instant to) {
        var found = hours(zone, hours).between(from.minus(Duration.ofDays(1)), to.plus(Duration.ofDays(1)));

        assertThat(found).containsExactly(new TimeSpan(from, to));
        assertThat(hours(zone, hours).contain(from.minusMillis(1))).isFalse();
        assertThat(hours(zone, hours).contain(from)).isTrue();
        assertThat(hours(zone, hours).contain(to.minusMillis(1))).isTrue();
        assertThat(hours(zone, hours).contain(to)).isFalse();
    }

    @Test
    void a_day_that_a_country_left_out_has_no_hours() {
        var hours = hours("Pacific/Apia", "FRI 09:00-17:00");

        assertThat(hours.between(Instant.parse("2011-12-29T00:00:00Z"), Instant.parse("2012-01-05T00:00:00Z")))
                .isEmpty();
        assertThat(hours.nextAt(Instant.parse("2011-12-29T00:00:00Z"))).contains(Instant.parse("2012-01-05T19:00:00Z"));
    }

    @Test
    void hours_that_touch_or_overlap_are_one_stretch_cut_to_what_is_asked() {
        assertThat(hours("UTC", "MON-WED 00:00-24:00", "TUE 10:00-12:00", "FRI 09:00-10:00")
                        .between(Instant.parse("2026-11-23T06:00:00Z"), Instant.parse("2026-11-27T09:30:00Z")))
                .containsExactly(
                        new TimeSpan(Instant.parse("2026-11-23T06:00:00Z"), Instant.parse("2026-11-26T00:00:00Z")),
                        new TimeSpan(Instant.parse("2026-11-27T09:00:00Z"), Instant.parse("2026-11-27T09:30:00Z")));
        assertThat(hours("UTC").between(Instant.EPOCH, Instant.MAX))
                .containsExactly(new TimeSpan(Instant.EPOCH, Instant.MAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9 to 5", "MON-THU", "XXX 09:00-10:00", "MON 25:00-26:00", "MON- 09:00-10:00", ""})
    void hours_that_cannot_be_read_are_named(String text) {
        assertThatThrownBy(() -> hours("UTC", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windows.allowed: \"" + text + "\"");
    }

    @Test
    void a_zone_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> hours("Europe/Atlantis"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Europe/Atlantis");
    }

    private static AllowedHours hours(String zone, String... allowed) {
        return AllowedHours.of(new Windows(zone, List.of(allowed), List.of()));
    }
}

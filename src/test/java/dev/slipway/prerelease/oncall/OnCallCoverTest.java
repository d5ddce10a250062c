package dev.slipway.prerelease.oncall;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.calendar.UnreadableCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnCallCoverTest {

    private static final String ROTA = "oncall.ics";
    private static final String BERLIN = "Europe/Berlin";

    /** Two take turns from Monday to Monday. */
    private static final String[] WEEKS = {"""
        UID:alice
        DTSTART;TZID=Europe/Berlin:20261005T090000
        DTEND;TZID=Europe/Berlin:20261012T090000
        RRULE:FREQ=WEEKLY;INTERVAL=2
        SUMMARY:alice""", """
        UID:bob
        DTSTART;TZID=Europe/Berlin:20261012T090000
        DTEND;TZID=Europe/Berlin:20261019T090000
        RRULE:FREQ=WEEKLY;INTERVAL=2
        SUMMARY:bob"""};

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    @Test
    void people_without_a_calendar_are_all_on_call_at_any_time() throws Exception {
        var cover = OnCall.cover(directory)
                .between(OnCall.service(BERLIN, null, "alice", "bob"), at("2026-11-28T10:00"), at("2026-11-28T11:00"));

        assertThat(cover.people()).containsExactly("alice", "bob");
        assertThat(cover.gaps()).isEmpty();
        assertThat(cover.handOvers()).isEmpty();
    }

    @Test
    void a_weekly_rotation_has_no_gap_when_the_clock_changes_in_berlin() throws Exception {
        write(WEEKS);

        var autumn = between(BERLIN, "2026-10-19T00:00", "2026-11-02T12:00");
        var spring = between(BERLIN, "2027-03-22T00:00", "2027-04-05T12:00");

        assertThat(autumn.gaps()).isEmpty();
        assertThat(autumn.handOvers())
                .extracting(Cover.HandOver::at)
                .containsExactly(at("2026-10-19T07:00"), at("2026-10-26T08:00"), at("2026-11-02T08:00"));
        assertThat(spring.gaps()).isEmpty();
        assertThat(spring.handOvers())
                .extracting(Cover.HandOver::at)
                .containsExactly(at("2027-03-22T08:00"), at("2027-03-29T07:00"), at("2027-04-05T07:00"));
    }

    @Test
    void nights_and_days_in_new_york_meet_when_the_clock_changes() throws Exception {
        write("""
                DTSTART;TZID=America/New_York:20261020T080000
                DTEND;TZID=America/New_York:20261020T200000
                RRULE:FREQ=DAILY
                SUMMARY:day""", """
                DTSTART;TZID=America/New_York:20261020T200000
                DTEND;TZID=America/New_York:20261021T080000
                RRULE:FREQ=DAILY
                SUMMARY:night""");

        // The clock goes back in the night to Sunday, November 1st.
        var cover = between("America/New_York", "2026-10-31T12:00", "2026-11-02T12:00");

        assertThat(cover.gaps()).isEmpty();
        assertThat(cover.shifts())
                .extracting(Shift::person, Shift::from, Shift::to)
                .contains(tuple("night", at("2026-11-01T00:00"), at("2026-11-01T13:00")));
    }

    @Test
    void floating_times_and_whole_days_are_in_the_zone_of_the_service() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20261128
                SUMMARY:alice""", """
                DTSTART:20261129T000000
                DTEND:20261129T120000
                SUMMARY:bob""");

        assertThat(between("America/New_York", "2026-11-28T05:00", "2026-11-29T17:00")
                        .gaps())
                .isEmpty();
        assertThat(between(BERLIN, "2026-11-28T05:00", "2026-11-29T17:00").gaps())
                .containsExactly(new Cover.Gap(at("2026-11-29T11:00"), at("2026-11-29T17:00")));
    }

    @Test
    void an_override_takes_the_place_of_that_one_week_and_a_cancelled_one_leaves_a_gap() throws Exception {
        write(WEEKS[0], WEEKS[1], """
                UID:bob
                RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000
                DTSTART;TZID=Europe/Berlin:20261026T090000
                DTEND;TZID=Europe/Berlin:20261102T090000
                SUMMARY:carol""", """
                UID:alice
                RECURRENCE-ID;TZID=Europe/Berlin:20261102T090000
                DTSTART;TZID=Europe/Berlin:20261102T090000
                STATUS:CANCELLED
                SUMMARY:alice""");

        var cover = between(BERLIN, "2026-10-27T00:00", "2026-11-10T00:00");

        assertThat(cover.people()).containsExactly("carol", "bob");
        assertThat(cover.gaps()).containsExactly(new Cover.Gap(at("2026-11-02T08:00"), at("2026-11-09T08:00")));
    }

    @Test
    void an_excluded_day_is_a_gap_and_an_added_one_is_none() throws Exception {
        write("""
                DTSTART:20261101T000000Z
                DTEND:20261102T000000Z
                RRULE:FREQ=DAILY;COUNT=10
                EXDATE:20261105T000000Z
                RDATE:20261112T000000Z
                SUMMARY:alice""");

        assertThat(between(BERLIN, "2026-11-04T00:00", "2026-11-13T00:00").gaps())
                .containsExactly(
                        new Cover.Gap(at("2026-11-05T00:00"), at("2026-11-06T00:00")),
                        new Cover.Gap(at("2026-11-11T00:00"), at("2026-11-12T00:00")));
    }

    @Test
    void seven_days_of_one_person_are_one_shift() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20261123
                RRULE:FREQ=DAILY;COUNT=7
                SUMMARY:alice""");

        var cover = between(BERLIN, "2026-11-23T00:00", "2026-11-28T00:00");

        assertThat(cover.shifts()).containsExactly(new Shift("alice", at("2026-11-23T00:00"), at("2026-11-28T00:00")));
        assertThat(cover.handOvers()).isEmpty();
    }

    @Test
    void who_goes_while_another_stays_hands_over() throws Exception {
        write("""
                DTSTART:20261128T080000Z
                DTEND:20261128T120000Z
                SUMMARY:alice""", """
                DTSTART:20261128T100000Z
                DTEND:20261128T180000Z
                SUMMARY:bob""");

        var cover = between(BERLIN, "2026-11-28T09:00", "2026-11-28T15:00");

        assertThat(cover.handOvers())
                .containsExactly(new Cover.HandOver(at("2026-11-28T12:00"), Set.of("alice"), Set.of("bob")));
        assertThat(cover.people()).containsExactly("alice", "bob");
    }

    @Test
    void before_the_first_and_after_the_last_nobody_is_on_call() throws Exception {
        write("""
                DTSTART:20261128T100000Z
                DTEND:20261128T110000Z
                SUMMARY:alice""");

        assertThat(between(BERLIN, "2026-11-28T09:00", "2026-11-28T12:00").gaps())
                .containsExactly(
                        new Cover.Gap(at("2026-11-28T09:00"), at("2026-11-28T10:00")),
                        new Cover.Gap(at("2026-11-28T11:00"), at("2026-11-28T12:00")));
        assertThat(between(BERLIN, "2026-11-29T09:00", "2026-11-29T12:00").gaps())
                .containsExactly(new Cover.Gap(at("2026-11-29T09:00"), at("2026-11-29T12:00")));
    }

    /** As PagerDuty exports it. */
    @Test
    void a_rota_is_read_from_an_address() throws Exception {
        SERVER.stubFor(get("/private/s3cret/feed").willReturn(ok("""
                BEGIN:VCALENDAR
                X-WR-CALNAME:On Call Schedule
                PRODID;X-RICAL-TZSOURCE=TZINFO:-//com.denhaven2/NONSGML ri_cal gem//EN
                CALSCALE:GREGORIAN
                VERSION:2.0
                BEGIN:VEVENT
                DTEND;VALUE=DATE-TIME:20261128T220000Z
                DTSTART;VALUE=DATE-TIME:20261127T220000Z
                ATTENDEE:alice.archer@example.com
                UID:Q1S46N8B8ADP9D
                URL:https://example.pagerduty.com/schedules#KXQAOAO
                SUMMARY:On Call - Alice Archer - Checkout
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n"))));

        var cover = OnCall.cover(directory)
                .between(
                        OnCall.service(BERLIN, SERVER.url("/private/s3cret/feed")),
                        at("2026-11-28T10:00"),
                        at("2026-11-28T11:00"));

        assertThat(cover.people()).containsExactly("alice.archer@example.com");
        assertThat(cover.gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "On Call - Alice Archer - Checkout, Alice Archer",
        "On Call - Alice Archer, Alice Archer",
        "On-call: Alice, Alice",
        "Alice is on call, Alice",
        "[L1] alice, alice",
        "alice, alice",
        "On call, On call"
    })
    void whom_a_summary_names(String summary, String person) throws Exception {
        write("DTSTART:20261128T080000Z\nDTEND:20261128T120000Z\nSUMMARY:" + summary);

        assertThat(between(BERLIN, "2026-11-28T09:00", "2026-11-28T10:00").people())
                .containsExactly(person);
    }

    @Test
    void attendees_come_before_the_organizer_and_that_before_the_summary() throws Exception {
        write("""
                DTSTART:20261128T080000Z
                DTEND:20261128T120000Z
                SUMMARY:Primary
                ORGANIZER;CN=Erin:mailto:erin@example.com
                ATTENDEE;CN=Alice:mailto:alice@example.com
                ATTENDEE;CN=Bob:mailto:bob@example.com""", """
                DTSTART:20261128T120000Z
                DTEND:20261128T140000Z
                SUMMARY:Primary
                ORGANIZER;CN=Erin:mailto:erin@example.com""");

        assertThat(between(BERLIN, "2026-11-28T09:00", "2026-11-28T14:00").people())
                .containsExactly("Alice", "Bob", "Erin");
    }

    @Test
    void a_calendar_that_can_not_be_read_is_not_an_empty_one() {
        assertThatThrownBy(() -> between(BERLIN, "2026-11-28T09:00", "2026-11-28T10:00"))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining(ROTA);
    }

    @Test
    void a_release_needs_somebody_from_its_window_to_the_end_of_the_observation() throws Exception {
        var service = OnCall.service(BERLIN, null, "alice");
        var cover = OnCall.cover(directory);
        var now = at("2026-11-28T10:00");

        assertThat(List.of(
                        cover.of(OnCall.release(at("2026-11-29T10:00"), at("2026-11-29T12:00")), service, now),
                        cover.of(OnCall.release(at("2026-11-29T10:00"), null), service, now),
                        cover.of(OnCall.release(null, null), service, now),
                        cover.of(OnCall.release(at("2026-11-20T10:00"), at("2026-11-20T12:00")), service, now)))
                .extracting(Cover::from, Cover::to)
                .containsExactly(
                        tuple(at("2026-11-29T10:00"), at("2026-11-29T12:30")),
                        tuple(at("2026-11-29T10:00"), at("2026-11-29T10:40")),
                        tuple(now, at("2026-11-28T10:40")),
                        tuple(now, at("2026-11-28T10:40")));
    }

    private Cover between(String zone, String from, String to) throws UnreadableCalendar {
        return OnCall.cover(directory).between(OnCall.service(zone, ROTA), at(from), at(to));
    }

    private void write(String... events) throws IOException {
        Files.writeString(directory.resolve(ROTA), OnCall.calendar(events));
    }

    private static Instant at(String utc) {
        return Instant.parse(utc + ":00Z");
    }
}

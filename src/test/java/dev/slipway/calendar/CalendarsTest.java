package dev.slipway.calendar;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    private Calendars calendars;

    @BeforeEach
    void set_up() {
        calendars = new Calendars(
                new CalendarProperties(null, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofDays(7)),
                new ServiceFilesProperties(directory));
    }

    @Test
    void a_day_is_a_day_in_the_zone_of_the_service() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20261224
                DTEND;VALUE=DATE:20261227
                SUMMARY:Christmas freeze""");

        assertThat(at("2026-12-23T22:59:59Z")).isFalse();
        assertThat(at("2026-12-23T23:00:00Z")).isTrue();
        assertThat(at("2026-12-26T22:59:59Z")).isTrue();
        assertThat(at("2026-12-26T23:00:00Z")).isFalse();
    }

    @Test
    void a_day_without_an_end_lasts_that_day() throws Exception {
        write("DTSTART;VALUE=DATE:20261224");

        assertThat(at("2026-12-24T22:59:59Z")).isTrue();
        assertThat(at("2026-12-24T23:00:00Z")).isFalse();
    }

    @Test
    void a_timed_event_counts_from_its_start_to_before_its_end() throws Exception {
        write("""
                DTSTART:20261124T100000Z
                DTEND:20261124T120000Z""");

        assertThat(at("2026-11-24T09:59:59Z")).isFalse();
        assertThat(at("2026-11-24T10:00:00Z")).isTrue();
        assertThat(at("2026-11-24T12:00:00Z")).isFalse();
    }

    @Test
    void an_event_in_another_zone_with_a_duration_is_understood() throws Exception {
        write("""
                DTSTART;TZID=America/New_York:20261124T100000
                DURATION:PT2H""");

        assertThat(at("2026-11-24T15:00:00Z")).isTrue();
        assertThat(at("2026-11-24T17:00:00Z")).isFalse();
    }

    @Test
    void a_time_that_names_no_zone_is_in_the_zone_of_the_service() throws Exception {
        write("""
                DTSTART:20261124T100000
                DTEND:20261124T110000""");

        assertThat(at("2026-11-24T09:30:00Z")).isTrue();
        assertThat(at("2026-11-24T10:30:00Z")).isFalse();
    }

    @Test
    void a_weekly_event_keeps_its_wall_time_over_the_change_of_the_clock() throws Exception {
        write("""
                DTSTART;TZID=Europe/Berlin:20260105T200000
                DTEND;TZID=Europe/Berlin:20260105T220000
                RRULE:FREQ=WEEKLY;BYDAY=MO""");

        assertThat(at("2026-11-23T19:30:00Z")).isTrue(); // Monday 20:30, winter
        assertThat(at("2026-07-20T18:30:00Z")).isTrue(); // Monday 20:30, summer
        assertThat(at("2026-07-20T20:30:00Z")).isFalse();
        assertThat(at("2026-11-24T19:30:00Z")).isFalse();
    }

    @Test
    void a_yearly_day_comes_back_and_an_excluded_one_does_not() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20201224
                DTEND;VALUE=DATE:20201227
                RRULE:FREQ=YEARLY
                EXDATE;VALUE=DATE:20251224""");

        assertThat(at("2026-12-26T12:00:00Z")).isTrue();
        assertThat(at("2025-12-26T12:00:00Z")).isFalse();
    }

    @Test
    void one_occurrence_that_was_moved_counts_where_it_was_moved_to() throws Exception {
        write("""
                DTSTART:20261102T100000Z
                DTEND:20261102T110000Z
                RRULE:FREQ=DAILY""", """
                RECURRENCE-ID:20261124T100000Z
                DTSTART:20261124T150000Z
                DTEND:20261124T160000Z""");

        assertThat(at("2026-11-24T10:30:00Z")).isFalse();
        assertThat(at("2026-11-24T15:30:00Z")).isTrue();
        assertThat(at("2026-11-25T10:30:00Z")).isTrue();
    }

    @Test
    void one_day_of_a_series_of_days_can_be_moved_made_longer_and_cancelled() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20261101
                RRULE:FREQ=WEEKLY;BYDAY=SU""", """
                RECURRENCE-ID;VALUE=DATE:20261108
                DTSTART;VALUE=DATE:20261109
                DTEND;VALUE=DATE:20261112""", """
                RECURRENCE-ID;VALUE=DATE:20261115
                STATUS:CANCELLED
                DTSTART;VALUE=DATE:20261115""");

        assertThat(at("2026-11-08T12:00:00Z")).isFalse();
        assertThat(at("2026-11-11T12:00:00Z")).isTrue();
        assertThat(at("2026-11-15T12:00:00Z")).isFalse();
        assertThat(at("2026-11-22T12:00:00Z")).isTrue();
    }

    @Test
    void an_occurrence_is_known_whichever_zone_its_change_names_it_in() throws Exception {
        write("""
                DTSTART;TZID=America/New_York:20261001T100000
                DURATION:PT1H
                RRULE:FREQ=DAILY""", """
                RECURRENCE-ID:20261124T150000Z
                DTSTART;TZID=Europe/Berlin:20261124T080000
                DURATION:PT1H""");

        assertThat(at("2026-11-24T15:30:00Z")).isFalse();
        assertThat(at("2026-11-24T07:30:00Z")).isTrue();
        assertThat(at("2026-11-23T15:30:00Z")).isTrue();
    }

    @Test
    void floating_times_repeat_by_the_clock_of_the_service() throws Exception {
        write("""
                DTSTART:20261020T093000
                DURATION:PT1H
                RRULE:FREQ=DAILY
                EXDATE:20261027T093000""", """
                RECURRENCE-ID:20261028T093000
                DTSTART:20261028T200000
                DURATION:PT1H""");

        assertThat(at("2026-10-24T07:45:00Z")).isTrue(); // summer
        assertThat(at("2026-10-26T08:45:00Z")).isTrue(); // winter
        assertThat(at("2026-10-27T08:45:00Z")).isFalse();
        assertThat(at("2026-10-28T08:45:00Z")).isFalse();
        assertThat(at("2026-10-28T19:30:00Z")).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "Europe/Berlin, 20260329, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin, 20261025, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "America/New_York, 20260308, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "Australia/Lord_Howe, 20260405, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z",
        "Asia/Kathmandu, 20260330, 2026-03-29T18:15:00Z, 2026-03-30T18:15:00Z",
        "Pacific/Apia, 20111231, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
        // At midnight, the clock went to 1:00.
        "America/Sao_Paulo, 20181104, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
    })
    void a_whole_day_is_as_long_as_the_clock_makes_it(String zone, String day, Instant from, Instant to)
            throws Exception {
        write("DTSTART;VALUE=DATE:" + day);

        assertThat(calendars.between("company.ics", ZoneId.of(zone), from.minusSeconds(90_000), to.plusSeconds(90_000)))
                .extracting(CalendarEvent::from, CalendarEvent::to)
                .containsExactly(tuple(from, to));
    }

    @Test
    void days_in_a_row_over_a_day_that_a_country_left_out_are_one_less() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20111229
                RRULE:FREQ=DAILY;COUNT=4""");

        assertThat(calendars
                        .between(
                                "company.ics",
                                ZoneId.of("Pacific/Apia"),
                                Instant.parse("2011-12-28T00:00:00Z"),
                                Instant.parse("2012-01-05T00:00:00Z"))
                        .stream()
                        .filter(event -> event.from().isBefore(event.to()))
                        .map(CalendarEvent::from))
                .containsExactly(
                        Instant.parse("2011-12-29T10:00:00Z"),
                        Instant.parse("2011-12-30T10:00:00Z"),
                        Instant.parse("2011-12-31T10:00:00Z"));
    }

    @Test
    void a_cancelled_event_does_not_count() throws Exception {
        write("""
                DTSTART;VALUE=DATE:20261224
                STATUS:CANCELLED""");

        assertThat(at("2026-12-24T12:00:00Z")).isFalse();
    }

    @Test
    void a_week_that_repeats_ends_by_the_clock_also_when_the_clock_changes() throws Exception {
        write("""
                DTSTART;TZID=Europe/Berlin:20261012T090000
                DTEND;TZID=Europe/Berlin:20261019T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2
                SUMMARY:alice""", """
                UID:two
                DTSTART;TZID=Europe/Berlin:20261019T090000
                DTEND;TZID=Europe/Berlin:20261026T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2
                SUMMARY:bob""");

        // The clock goes back in the night to Sunday, October 25th.
        assertThat(between("2026-10-19T00:00:00Z", "2026-10-27T00:00:00Z"))
                .extracting(CalendarEvent::summary, CalendarEvent::from, CalendarEvent::to)
                .containsExactlyInAnyOrder(
                        tuple("alice", Instant.parse("2026-10-12T07:00:00Z"), Instant.parse("2026-10-19T07:00:00Z")),
                        tuple("bob", Instant.parse("2026-10-19T07:00:00Z"), Instant.parse("2026-10-26T08:00:00Z")),
                        tuple("alice", Instant.parse("2026-10-26T08:00:00Z"), Instant.parse("2026-11-02T08:00:00Z")));
    }

    @Test
    void a_night_that_repeats_keeps_its_hours_in_utc() throws Exception {
        write("""
                DTSTART:20261020T220000Z
                DTEND:20261021T060000Z
                RRULE:FREQ=DAILY""");

        assertThat(between("2026-10-25T00:00:00Z", "2026-10-25T12:00:00Z"))
                .extracting(CalendarEvent::to)
                .containsExactly(Instant.parse("2026-10-25T06:00:00Z"));
    }

    @Test
    void added_days_count_beside_the_first() throws Exception {
        write("""
                DTSTART:20261124T100000Z
                DTEND:20261124T110000Z
                RDATE:20261126T100000Z,20261128T150000Z""");

        assertThat(at("2026-11-24T10:30:00Z")).isTrue();
        assertThat(at("2026-11-26T10:30:00Z")).isTrue();
        assertThat(at("2026-11-28T15:30:00Z")).isTrue();
        assertThat(at("2026-11-27T10:30:00Z")).isFalse();
    }

    @Test
    void a_zone_that_the_calendar_describes_itself_is_understood() throws Exception {
        Files.writeString(
                directory.resolve("company.ics"), calendar("""
                        DTSTART;TZID=Company Time:20260706T090000
                        DTEND;TZID=Company Time:20260706T100000
                        RRULE:FREQ=WEEKLY""").replace("BEGIN:VEVENT", """
                                BEGIN:VTIMEZONE
                                TZID:Company Time
                                BEGIN:STANDARD
                                DTSTART:19701101T020000
                                TZOFFSETFROM:-0400
                                TZOFFSETTO:-0500
                                RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
                                END:STANDARD
                                BEGIN:DAYLIGHT
                                DTSTART:19700308T020000
                                TZOFFSETFROM:-0500
                                TZOFFSETTO:-0400
                                RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
                                END:DAYLIGHT
                                END:VTIMEZONE
                                BEGIN:VEVENT""".replace("\n", "\r\n")));

        assertThat(at("2026-07-13T13:30:00Z")).isTrue();
        assertThat(at("2026-11-23T14:30:00Z")).isTrue();
        assertThat(at("2026-11-23T13:30:00Z")).isFalse();
    }

    @Test
    void a_zone_as_outlook_describes_it_changes_the_clock_on_the_right_sunday() throws Exception {
        Files.writeString(
                directory.resolve("company.ics"), calendar("""
                        DTSTART;TZID=Customized Time Zone:20270307T100000
                        DTEND;TZID=Customized Time Zone:20270307T110000
                        RRULE:FREQ=DAILY""").replace("BEGIN:VEVENT", """
                                BEGIN:VTIMEZONE
                                TZID:Customized Time Zone
                                BEGIN:STANDARD
                                DTSTART:16010101T020000
                                TZOFFSETFROM:-0400
                                TZOFFSETTO:-0500
                                RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
                                END:STANDARD
                                BEGIN:DAYLIGHT
                                DTSTART:16010101T020000
                                TZOFFSETFROM:-0500
                                TZOFFSETTO:-0400
                                RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
                                END:DAYLIGHT
                                END:VTIMEZONE
                                BEGIN:VEVENT""".replace("\n", "\r\n")));

        assertThat(between("2027-03-12T00:00:00Z", "2027-03-16T00:00:00Z"))
                .extracting(CalendarEvent::from)
                .containsExactly(
                        Instant.parse("2027-03-12T15:00:00Z"),
                        Instant.parse("2027-03-13T15:00:00Z"),
                        Instant.parse("2027-03-14T14:00:00Z"),
                        Instant.parse("2027-03-15T14:00:00Z"));
    }

    @Test
    void a_zone_that_java_knows_counts_as_java_knows_it_also_behind_a_prefix() throws Exception {
        write("""
                DTSTART;TZID=/example.org/20261129/Asia/Kathmandu:20261124T100000
                DURATION:PT1H
                RDATE;TZID=Asia/Kathmandu;VALUE=PERIOD:20261125T100000/20261125T110000,20261126T100000/PT1H""");

        assertThat(between("2026-11-24T00:00:00Z", "2026-11-27T00:00:00Z"))
                .extracting(CalendarEvent::from, CalendarEvent::to)
                .containsExactly(
                        tuple(Instant.parse("2026-11-24T04:15:00Z"), Instant.parse("2026-11-24T05:15:00Z")),
                        tuple(Instant.parse("2026-11-25T04:15:00Z"), Instant.parse("2026-11-25T05:15:00Z")),
                        tuple(Instant.parse("2026-11-26T04:15:00Z"), Instant.parse("2026-11-26T05:15:00Z")));
    }

    @Test
    void a_zone_that_nobody_knows_is_named_and_not_guessed() throws Exception {
        write("DTSTART;TZID=Mars/Olympus:20261124T100000");

        assertThatThrownBy(() -> at("2026-11-24T10:00:00Z"))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining("the time zone Mars/Olympus is not known");
    }

    @Test
    void an_event_names_its_people_without_those_who_declined_and_without_calendars() throws Exception {
        write("""
                DTSTART:20261124T100000Z
                DTEND:20261124T110000Z
                ATTENDEE;CN=Alice Archer:mailto:alice@example.com
                ATTENDEE:mailto:bob@example.com
                ATTENDEE:carol@example.com
                ATTENDEE;PARTSTAT=DECLINED;CN=Dan:mailto:dan@example.com
                ORGANIZER;CN=Erin:mailto:erin@example.com""", """
                UID:two
                DTSTART:20261124T100000Z
                DTEND:20261124T110000Z
                SUMMARY:frank
                ORGANIZER;CN=On-call:mailto:abc@group.calendar.google.com""");

        var events = between("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z");

        assertThat(events.get(0).attendees()).containsExactly("Alice Archer", "bob@example.com", "carol@example.com");
        assertThat(events.get(0).organizer()).isEqualTo("Erin");
        assertThat(events.get(1).attendees()).isEmpty();
        assertThat(events.get(1).organizer()).isNull();
    }

    @Test
    void what_is_no_calendar_is_unreadable_and_named() throws IOException {
        Files.writeString(directory.resolve("company.ics"), "<html>Please log in</html>");

        assertThatThrownBy(() -> at("2026-12-24T12:00:00Z"))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining("company.ics")
                .hasMessageContaining("no iCalendar");
    }

    @Test
    void a_file_that_is_missing_is_named() {
        assertThatThrownBy(() -> at("2026-12-24T12:00:00Z"))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void a_calendar_is_read_from_an_address() throws Exception {
        SERVER.stubFor(get("/company.ics").willReturn(ok(calendar("DTSTART;VALUE=DATE:20261224"))));

        var covering = calendars.covering(SERVER.url("/company.ics"), BERLIN, Instant.parse("2026-12-24T12:00:00Z"));

        assertThat(covering).hasSize(1);
    }

    @Test
    void an_address_that_fails_or_is_slow_is_unreadable() {
        SERVER.stubFor(get("/broken.ics").willReturn(aResponse().withStatus(503)));
        SERVER.stubFor(get("/slow.ics").willReturn(ok("BEGIN:VCALENDAR").withChunkedDribbleDelay(4, 6_000)));

        assertThatThrownBy(() -> calendars.covering(SERVER.url("/broken.ics"), BERLIN, Instant.EPOCH))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining("status 503");
        assertThatThrownBy(() -> calendars.covering(SERVER.url("/slow.ics"), BERLIN, Instant.EPOCH))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessageContaining("within 1 s");
    }

    @Test
    void of_an_address_only_the_host_is_told_for_the_rest_may_be_a_secret() {
        SERVER.stubFor(get("/private/s3cret/feed").willReturn(aResponse().withStatus(404)));

        assertThatThrownBy(() -> calendars.covering(SERVER.url("/private/s3cret/feed"), BERLIN, Instant.EPOCH))
                .isInstanceOf(UnreadableCalendar.class)
                .hasMessage("The calendar at localhost can't be read: it answered with status 404");
        assertThat(Calendars.name("webcal://cal.example.com/s3cret")).isEqualTo("at cal.example.com");
        assertThat(Calendars.name("oncall/checkout.ics")).isEqualTo("oncall/checkout.ics");
    }

    private List<CalendarEvent> between(String from, String to) throws UnreadableCalendar {
        return calendars.between("company.ics", BERLIN, Instant.parse(from), Instant.parse(to));
    }

    private boolean at(String instant) throws UnreadableCalendar {
        return !calendars
                .covering("company.ics", BERLIN, Instant.parse(instant))
                .isEmpty();
    }

    private void write(String... events) throws IOException {
        Files.writeString(directory.resolve("company.ics"), calendar(events));
    }

    private static String calendar(String... events) {
        var text = new StringBuilder("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n");
        for (var event : events) {
            text.append("BEGIN:VEVENT\n")
                    .append(event.contains("UID:") ? "" : "UID:one\n")
                    .append("DTSTAMP:20260101T000000Z\n")
                    .append(event.strip())
                    .append("\nEND:VEVENT\n");
        }
        return text.append("END:VCALENDAR\n").toString().replace("\n", "\r\n");
    }
}

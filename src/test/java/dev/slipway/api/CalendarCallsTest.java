package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.calendar.TimeSpan;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.window.Obstacle;
import dev.slipway.window.Proposal;
import dev.slipway.window.Schedule;
import dev.slipway.window.Slot;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarCallsTest extends ApiSlice {

    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
    private static final String AWKWARD = "Freeze; Q1, \"all\" of it\nsecond line \\ äöü 🧊";

    @BeforeEach
    void a_calendar() {
        given(schedule.between(any(), any(), any()))
                .willReturn(shown("The calendar at cal.example.com can't be read: it answered with status 503. What it"
                        + " said 3 h ago counts."));
    }

    private static Schedule.Content shown(String... notes) {
        var window = new TimeSpan(AT, AT.plusSeconds(3_600));
        return new Schedule.Content(
                List.of(
                        new Schedule.Window(REL_42, "checkout", "1.5.0", "erin", Schedule.State.PLANNED, window),
                        new Schedule.Window(new ReleaseId(43), "cart", "2.0.0", "bob", Schedule.State.RUNNING, window)),
                List.of(
                        new Schedule.Closure(
                                true,
                                AWKWARD,
                                "company.ics",
                                Set.of("checkout"),
                                new TimeSpan(AT, AT.plusSeconds(60)),
                                null),
                        new Schedule.Closure(
                                true,
                                "Easter",
                                "company.ics",
                                Set.of("cart"),
                                new TimeSpan(
                                        Instant.parse("2026-04-02T22:00:00Z"), Instant.parse("2026-04-06T22:00:00Z")),
                                ZoneId.of("Europe/Berlin")),
                        new Schedule.Closure(
                                false,
                                "Holiday",
                                "de.ics",
                                Set.of("cart"),
                                new TimeSpan(AT, AT.plusSeconds(60)),
                                null)),
                Map.of(),
                List.of(notes));
    }

    @Test
    void windows_and_freezes_are_events_that_a_calendar_program_understands() throws Exception {
        var calendar = read("/calendar.ics");
        assertThat(calendar.validate(true).hasErrors()).isFalse();
        var events = calendar.<VEvent>getComponents(Component.VEVENT);

        assertThat(events)
                .extracting(CalendarCallsTest::summary)
                .containsExactly(
                        "checkout 1.5.0",
                        "cart 2.0.0 (under way)",
                        "Freeze: " + AWKWARD,
                        "Freeze: Easter",
                        "Freezes are not quite sure");
        assertThat(events.get(0).getProperty(Property.UID).orElseThrow().getValue())
                .isEqualTo("rel-42@localhost");
        assertThat(events.get(0).getProperty(Property.URL).orElseThrow().getValue())
                .isEqualTo("http://localhost:8080/releases/REL-42");
        assertThat(events.get(0).getProperty(Property.DESCRIPTION).orElseThrow().getValue())
                .isEqualTo("REL-42, in charge: erin\nhttp://localhost:8080/releases/REL-42");
        assertThat(events)
                .extracting(event -> time(event, Property.DTSTART), event -> time(event, Property.DTEND))
                .contains(
                        tuple(AT, AT.plusSeconds(3_600)),
                        tuple(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 7)),
                        tuple(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));
        assertThat(events)
                .allSatisfy(event -> assertThat(time(event, Property.DTSTAMP)).isEqualTo(NOW));
    }

    @Test
    void the_same_thing_has_the_same_uid_at_every_reading_and_no_two_share_one() throws Exception {
        var first = uids(read("/calendar.ics"));
        given(schedule.between(any(), any(), any()))
                .willReturn(shown("The calendar at cal.example.com can't be read: it answered with status 503. What it"
                        + " said 4 h ago counts."));

        assertThat(uids(read("/api/v1/calendar.ics"))).isEqualTo(first);
        assertThat(first).doesNotHaveDuplicates();
    }

    @Test
    void lines_end_and_fold_as_the_standard_asks() throws Exception {
        var text = mvc.perform(get("/calendar.ics").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/calendar;charset=UTF-8"))
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(text).contains("SUMMARY:Freeze: Freeze\\; Q1\\, \"all\" of it\\nsecond line \\\\ äöü 🧊");
        assertThat(text.split("\r\n")).allMatch(line -> line.indexOf('\n') < 0 && line.length() <= 75);
    }

    @Test
    void a_calendar_with_nothing_in_it_is_a_calendar() throws Exception {
        given(schedule.between(any(), any(), any()))
                .willReturn(new Schedule.Content(List.of(), List.of(), Map.of(), List.of()));

        assertThat(uids(read("/calendar.ics"))).isEmpty();
    }

    @Test
    void a_calendar_of_one_service_asks_for_that() throws Exception {
        given(schedule.between(NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(365)), "nowhere"))
                .willThrow(new Refusal.NotFound("There is no service nowhere."));

        mvc.perform(get("/calendar.ics?service=nowhere").with(as("sam"))).andExpect(status().isNotFound());
    }

    @Test
    void slots_are_proposed_with_what_was_passed_over() throws Exception {
        given(slots.of(REL_42, AT, 3)).willReturn(proposal());
        given(slots.ofService("checkout", null, 5)).willReturn(proposal());

        mvc.perform(get("/api/v1/releases/REL-42/slots")
                        .param("from", "2026-03-02T09:00:00+01:00")
                        .param("count", "3")
                        .with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.slots[0].start").value("2026-03-02T08:00:00Z"))
                .andExpect(jsonPath("$.slots[0].observedUntil").value("2026-03-02T09:00:00Z"))
                .andExpect(jsonPath("$.rollout").value("PT12M"))
                .andExpect(jsonPath("$.passedOver[0].kind").value("FREEZE"))
                .andExpect(jsonPath("$.caveats").isEmpty());
        mvc.perform(get("/api/v1/services/checkout/slots").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.service").value("checkout"));
    }

    @ParameterizedTest
    @CsvSource({"from, tomorrow", "from, 2026-03-02T09:00:00", "count, 0", "count, 51", "count, many", "count, 1.5"})
    void what_cannot_be_meant_is_named(String parameter, String value) throws Exception {
        for (var path : List.of("/api/v1/releases/REL-42/slots", "/api/v1/services/checkout/slots")) {
            mvc.perform(get(path).param(parameter, value).with(as("sam")))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.field").value(parameter));
        }
    }

    private static Proposal proposal() {
        return new Proposal(
                "checkout",
                "Europe/Berlin",
                Duration.ofMinutes(12),
                Duration.ofMinutes(30),
                List.of(new Slot(AT, AT.plusSeconds(900), AT.plusSeconds(3_600))),
                List.of(new Obstacle(Obstacle.Kind.FREEZE, AT.minusSeconds(60), AT, "A freeze is on.")),
                List.of());
    }

    private Calendar read(String path) throws Exception {
        var text = mvc.perform(get(path).with(as("sam")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return new CalendarBuilder().build(new StringReader(text));
    }

    private static List<String> uids(Calendar calendar) {
        return calendar.<VEvent>getComponents(Component.VEVENT).stream()
                .map(event -> event.getProperty(Property.UID).orElseThrow().getValue())
                .toList();
    }

    private static String summary(VEvent event) {
        return event.getProperty(Property.SUMMARY).orElseThrow().getValue();
    }

    private static Temporal time(VEvent event, String name) {
        var time = event.<DateProperty<Temporal>>getProperty(name).orElseThrow().getDate();
        return time instanceof OffsetDateTime utc ? utc.toInstant() : time;
    }
}

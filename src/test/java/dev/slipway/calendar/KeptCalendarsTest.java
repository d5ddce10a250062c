package dev.slipway.calendar;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(CalendarCopies.class)
class KeptCalendarsTest {

    private static final String CALENDAR = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//test//EN
            BEGIN:VEVENT
            UID:one
            DTSTAMP:20260101T000000Z
            SUMMARY:%s
            DTSTART;VALUE=DATE:20261224
            DTEND;VALUE=DATE:20261227
            END:VEVENT
            END:VCALENDAR
            """;
    private static final Instant CHRISTMAS = Instant.parse("2026-12-24T12:00:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    @Autowired
    CalendarCopies copies;

    @Autowired
    JdbcClient jdbc;

    private final Clock clock = Mockito.mock(Clock.class);
    private Instant now;
    private KeptCalendars calendars;
    private String place;

    @BeforeEach
    void begin() {
        jdbc.sql("delete from calendar_copy").update();
        now = Instant.parse("2026-12-20T08:00:00Z");
        Mockito.when(clock.instant()).thenAnswer(call -> now);
        calendars = node();
        place = SERVER.url("/s3cret/company.ics");
        answers(ok(calendar("Christmas freeze")));
    }

    @Test
    void what_an_address_says_counts() throws Exception {
        assertThat(calendars.now(place).covering(ZoneOffset.UTC, CHRISTMAS))
                .extracting(CalendarEvent::summary)
                .containsExactly("Christmas freeze");
        assertThat(calendars.now(place).caveat()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Please log in</html>",
                "",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260101T000000Z\r\n",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:one\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\0b\r\nEND:VCALENDAR\r\n",
            })
    void garbage_never_replaces_a_good_copy(String garbage) throws Exception {
        calendars.now(place);
        answers(ok(garbage));
        pass(Duration.ofHours(3));

        var copy = calendars.now(place);

        assertThat(copy.covering(ZoneOffset.UTC, CHRISTMAS)).hasSize(1);
        assertThat(copy.caveat())
                .get()
                .asString()
                .startsWith("The calendar at localhost can't be read: ")
                .endsWith(". What it said 3 h ago counts.")
                .doesNotContain("s3cret");
    }

    @Test
    void an_address_that_fails_leaves_what_it_said_last_also_after_a_restart() throws Exception {
        calendars.now(place);
        answers(aResponse().withStatus(503));
        pass(Duration.ofMinutes(40));

        assertThat(calendars.now(place).covering(ZoneOffset.UTC, CHRISTMAS)).hasSize(1);
        assertThat(node().now(place).caveat())
                .contains(
                        "The calendar at localhost can't be read: it answered with status 503. What it said 40 min ago"
                                + " counts.");
    }

    @Test
    void nobody_knows_where_there_was_never_a_good_copy() {
        answers(aResponse().withStatus(503));

        assertThatThrownBy(() -> calendars.now(place)).isInstanceOf(UnreadableCalendar.class);
        assertThatThrownBy(() -> calendars.recent(place)).isInstanceOf(UnreadableCalendar.class);
        SERVER.verify(1, getRequestedFor(urlEqualTo("/s3cret/company.ics")));
    }

    @Test
    void a_copy_that_is_too_old_is_none() throws Exception {
        calendars.now(place);
        answers(aResponse().withStatus(503));
        pass(Duration.ofDays(7));
        assertThat(calendars.now(place).caveat()).get().asString().contains("7 days ago");
        pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> calendars.now(place)).isInstanceOf(UnreadableCalendar.class);
        assertThatThrownBy(() -> node().now(place)).isInstanceOf(UnreadableCalendar.class);
    }

    @Test
    void what_was_confirmed_a_moment_ago_is_young_again() throws Exception {
        calendars.now(place);
        pass(Duration.ofDays(6));
        calendars.now(place);
        answers(aResponse().withStatus(503));
        pass(Duration.ofDays(6));

        assertThat(node().now(place).caveat()).get().asString().contains("6 days ago");
    }

    @Test
    void a_freeze_that_is_lifted_is_gone_and_a_new_one_is_there_after_the_refresh() throws Exception {
        calendars.recent(place);
        answers(ok(calendar("Later freeze")));
        pass(Duration.ofMinutes(4));
        assertThat(summary(calendars.recent(place))).isEqualTo("Christmas freeze");
        assertThat(summary(calendars.now(place))).isEqualTo("Later freeze");
        answers(ok(calendar("Last freeze")));
        pass(Duration.ofMinutes(5));

        assertThat(summary(calendars.recent(place))).isEqualTo("Last freeze");
        assertThat(summary(copies.find(place).orElseThrow())).isEqualTo("Last freeze");
    }

    @Test
    void an_address_that_fails_is_not_asked_at_every_look() throws Exception {
        calendars.now(place);
        answers(aResponse().withStatus(503));
        pass(Duration.ofMinutes(6));

        calendars.recent(place);
        assertThat(calendars.recent(place).caveat()).isPresent();

        SERVER.verify(2, getRequestedFor(urlEqualTo("/s3cret/company.ics")));
    }

    @Test
    void the_later_copy_of_two_nodes_counts() throws Exception {
        calendars.now(place);
        pass(Duration.ofHours(1));
        answers(ok(calendar("Later freeze")));
        node().now(place);
        answers(aResponse().withStatus(503));

        assertThat(summary(calendars.now(place))).isEqualTo("Later freeze");
    }

    @Test
    void the_address_is_not_in_the_database() throws Exception {
        calendars.now(place);

        assertThat(jdbc.sql("select digest from calendar_copy")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .matches("[0-9a-f]{64}");
    }

    @Test
    void a_file_is_read_anew_and_counts_as_it_is() throws Exception {
        write("Old freeze");
        assertThat(summary(calendars.recent("company.ics"))).isEqualTo("Old freeze");
        write("New freeze");

        assertThat(summary(calendars.recent("company.ics"))).isEqualTo("New freeze");
        Files.delete(directory.resolve("company.ics"));
        assertThatThrownBy(() -> calendars.recent("company.ics")).isInstanceOf(UnreadableCalendar.class);
    }

    @Test
    void freezes_and_holidays_of_every_service_are_read_before_anybody_asks() throws Exception {
        var holidays = SERVER.url("/holidays.ics");
        SERVER.stubFor(get("/holidays.ics").willReturn(ok(calendar("Holiday"))));
        SERVER.stubFor(get("/broken.ics").willReturn(aResponse().withStatus(500)));
        var catalog = Mockito.mock(ServiceCatalog.class);
        Mockito.when(catalog.services()).thenReturn(List.of("shop"));
        Mockito.when(catalog.find("shop"))
                .thenReturn(Optional.of(SampleService.called("shop")
                        .with(new Windows(
                                "UTC",
                                List.of(),
                                List.of(SERVER.url("/broken.ics"), place, "file.ics"),
                                List.of(holidays)))
                        .definition()));

        new CalendarRefresh(catalog, calendars).refresh();

        assertThat(copies.find(place)).isPresent();
        assertThat(copies.find(holidays)).isPresent();
        assertThat(copies.find(SERVER.url("/broken.ics"))).isEmpty();
        new CalendarRefresh(catalog, calendars).refresh();
        SERVER.verify(1, getRequestedFor(urlEqualTo("/holidays.ics")));
    }

    private KeptCalendars node() {
        var properties = new CalendarProperties(null, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofDays(7));
        return new KeptCalendars(
                new Calendars(properties, new ServiceFilesProperties(directory)), copies, properties, clock);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(get("/s3cret/company.ics").willReturn(answer));
    }

    private void write(String summary) throws IOException {
        Files.writeString(directory.resolve("company.ics"), calendar(summary));
    }

    private static String calendar(String summary) {
        return CALENDAR.formatted(summary).replace("\n", "\r\n");
    }

    private static String summary(CalendarCopy copy) throws UnreadableCalendar {
        return copy.covering(ZoneId.of("UTC"), CHRISTMAS).get(0).summary();
    }
}

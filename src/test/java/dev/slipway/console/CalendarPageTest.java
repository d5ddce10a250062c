package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.calendar.TimeSpan;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.security.Directory;
import dev.slipway.security.WebAppSessions;
import dev.slipway.window.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(controllers = CalendarPage.class)
@Import(CalendarPageTest.Security.class)
class CalendarPageTest {

    @TestConfiguration
    @ComponentScan(basePackages = "dev.slipway.security")
    static class Security {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);
        }
    }

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String EVIL = "<script>alert('x')</script>";

    @Autowired
    MockMvc mvc;

    @MockitoBean
    Schedule schedule;

    @MockitoBean
    ServiceCatalog catalog;

    @MockitoBean
    Directory directory;

    @MockitoBean
    WebAppSessions sessions;

    @BeforeEach
    void two_services() {
        given(directory.matches(anyString(), anyString())).willReturn(true);
        given(directory.groupsOf(anyString())).willReturn(Set.of("support"));
        given(schedule.services()).willReturn(List.of("cart", "checkout"));
        given(schedule.zones(any())).willReturn(Map.of("cart", BERLIN, "checkout", BERLIN));
        given(schedule.zones("nowhere")).willThrow(new Refusal.NotFound("There is no service nowhere."));
        var hours = new LinkedHashMap<String, AllowedHours>();
        hours.put("cart", AllowedHours.of(new Windows("Europe/Berlin", List.of(), List.of())));
        hours.put("checkout", AllowedHours.of(new Windows("Europe/Berlin", List.of("MON-THU 09:00-16:00"), List.of())));
        given(schedule.between(any(), any(), any()))
                .willReturn(new Schedule.Content(
                        List.of(
                                window(
                                        42,
                                        "checkout",
                                        "1.5.0",
                                        Schedule.State.RUNNING,
                                        "2026-11-24T09:30:00Z",
                                        "2026-11-24T10:45:00Z"),
                                window(
                                        43,
                                        "cart",
                                        EVIL,
                                        Schedule.State.PLANNED,
                                        "2026-11-25T22:00:00Z",
                                        "2026-11-26T01:00:00Z"),
                                window(
                                        44,
                                        "cart",
                                        "2.1.0",
                                        Schedule.State.MISSED,
                                        "2026-11-23T08:00:00Z",
                                        "2026-11-23T09:00:00Z")),
                        List.of(
                                new Schedule.Closure(
                                        true,
                                        "Black Friday " + EVIL,
                                        "company.ics",
                                        Set.of("cart", "checkout"),
                                        span("2026-11-26T23:00:00Z", "2026-11-30T23:00:00Z"),
                                        BERLIN),
                                new Schedule.Closure(
                                        false,
                                        "Buß- und Bettag",
                                        "sachsen.ics",
                                        Set.of("checkout"),
                                        span("2026-11-17T23:00:00Z", "2026-11-18T23:00:00Z"),
                                        BERLIN),
                                new Schedule.Closure(
                                        true,
                                        "Stock taking",
                                        "company.ics",
                                        Set.of("cart"),
                                        span("2026-11-24T17:00:00Z", "2026-11-24T19:00:00Z"),
                                        null)),
                        hours,
                        List.of("The calendar at cal.example.com can't be read: status 503. What it said 3 h ago"
                                + " counts.")));
    }

    @Test
    void a_month_is_a_table_of_weeks_with_what_is_on_each_day() throws Exception {
        var page = page("/calendar");

        assertThat(page)
                .contains("<title>November 2026 · Slipway</title>", "All times are in <strong>Europe/Berlin</strong>")
                .contains("<caption>", "<th scope=\"col\">Monday</th>")
                .contains("10:30–11:45 <a href=\"/releases/REL-42\">checkout 1.5.0</a> <small>erin, under way</small>")
                .contains("missed its window")
                .contains("What it said 3 h ago counts.")
                .contains("<td>MON-THU 09:00-16:00 (Europe/Berlin)</td>", "<td>at any time</td>")
                .contains("aria-current=\"date\"");
        assertThat(count(page, "<td")).isEqualTo(42 + 2);
        assertThat(cell(page, "2026-11-18")).contains("Holiday:", "Buß- und Bettag", "<small>checkout</small>");
        assertThat(cell(page, "2026-11-24")).contains("Stock taking, 18:00–20:00 <small>cart</small>");
        assertThat(cell(page, "2026-11-25")).contains("23:00–24:00").doesNotContain("Freeze");
        assertThat(cell(page, "2026-11-26")).contains("00:00–02:00").doesNotContain("Freeze");
        assertThat(cell(page, "2026-11-27")).contains("Freeze:", "Black Friday").doesNotContain("<small>");
        assertThat(cell(page, "2026-12-01")).doesNotContain("Freeze");
        then(schedule)
                .should()
                .between(Instant.parse("2026-10-25T23:00:00Z"), Instant.parse("2026-12-06T23:00:00Z"), null);
    }

    @Test
    void a_week_is_a_row_a_day_with_releases_closures_and_hours() throws Exception {
        var page = page("/calendar?week=2026-W48");

        assertThat(page)
                .contains("<h1>Week 48 of 2026</h1>")
                .contains("Tuesday 24 November</time> (today)")
                .contains("<li>09:00–16:00: checkout</li>", "<li>00:00–24:00: cart</li>", "<li>none: checkout</li>");
        assertThat(count(page, "<th scope=\"row\"")).isEqualTo(7 + 2);
        assertThat(page).contains("/calendar?week=2026-W47", "/calendar?week=2026-W49", "/calendar?month=2026-11");
    }

    @Test
    void links_keep_the_service_and_the_zone() throws Exception {
        var page = page("/calendar?month=2026-12&service=checkout&zone=Asia/Kathmandu");

        assertThat(page)
                .contains("/calendar?month=2026-11&amp;service=checkout&amp;zone=Asia/Kathmandu")
                .contains("/calendar?month=2027-01&amp;service=checkout&amp;zone=Asia/Kathmandu")
                .contains("<option selected>checkout</option>", "value=\"Asia/Kathmandu\"");
        then(schedule)
                .should()
                .between(Instant.parse("2026-11-29T18:15:00Z"), Instant.parse("2027-01-03T18:15:00Z"), "checkout");
    }

    @Test
    void services_of_several_zones_are_shown_in_utc() throws Exception {
        given(schedule.zones(null)).willReturn(Map.of("cart", BERLIN, "checkout", ZoneId.of("Asia/Tokyo")));

        assertThat(page("/calendar")).contains("All times are in <strong>UTC</strong>");
    }

    @Test
    void nothing_that_anybody_wrote_becomes_markup() throws Exception {
        assertThat(page("/calendar")).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(page("/calendar?week=2026-W48")).doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({
        "month, 2026-13",
        "month, november",
        "month, 9999-01",
        "week, 2026-48",
        "week, 2026-W54",
        "week, 0001-W01",
        "zone, Mars/Olympus",
    })
    void what_cannot_be_meant_is_named(String parameter, String value) throws Exception {
        var page = mvc.perform(get("/calendar").param(parameter, value).with(httpBasic("sam", "secret")))
                .andExpect(status().isBadRequest())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(page).contains(parameter + ": " + value);
    }

    @Test
    void a_service_that_there_is_not_is_not_found() throws Exception {
        mvc.perform(get("/calendar?service=nowhere").with(httpBasic("sam", "secret")))
                .andExpect(status().isNotFound());
    }

    @Test
    void whoever_is_logged_in_to_tasklist_sees_it_and_nobody_else() throws Exception {
        mvc.perform(get("/calendar")).andExpect(status().isUnauthorized());
        given(sessions.userOf(any())).willReturn(Optional.of("sam"));
        mvc.perform(get("/calendar").session(new MockHttpSession()))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-store"))
                .andExpect(header().string(
                                "Content-Security-Policy", org.hamcrest.Matchers.containsString("default-src 'none'")));
    }

    private static Schedule.Window window(
            long number, String service, String version, Schedule.State state, String from, String to) {
        return new Schedule.Window(new ReleaseId(number), service, version, "erin", state, span(from, to));
    }

    private static TimeSpan span(String from, String to) {
        return new TimeSpan(Instant.parse(from), Instant.parse(to));
    }

    private static String cell(String page, String day) {
        var from = page.indexOf("datetime=\"" + day);
        return page.substring(from, page.indexOf("</td>", from));
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic("sam", "secret")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}

package dev.slipway.window;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.release.Outcome;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

class SlotsTest extends WindowSlice {

    @RegisterExtension
    static WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    @Autowired
    Slots slots;

    @Test
    void slots_follow_each_other_at_full_quarters_from_now_on() {
        clock.now = Instant.parse("2026-11-24T10:03:00Z");

        var proposal = slots.of(release("1.1.0").id(), null, 3);

        assertThat(proposal.slots())
                .containsExactly(
                        slot("2026-11-24T10:15:00Z", "2026-11-24T10:30:00Z", "2026-11-24T11:00:00Z"),
                        slot("2026-11-24T11:00:00Z", "2026-11-24T11:15:00Z", "2026-11-24T11:45:00Z"),
                        slot("2026-11-24T11:45:00Z", "2026-11-24T12:00:00Z", "2026-11-24T12:30:00Z"));
        assertThat(proposal.rollout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(proposal.observation()).isEqualTo(Duration.ofMinutes(30));
        assertThat(proposal.timezone()).isEqualTo("Europe/Berlin");
        assertThat(proposal.passedOver()).isEmpty();
    }

    @Test
    void a_time_may_be_asked_for_and_one_that_is_past_means_now() {
        var release = release("1.1.0").id();

        assertThat(starts(slots.of(release, Instant.parse("2026-12-01T09:00:00Z"), 1)))
                .containsExactly("2026-12-01T09:00:00Z");
        assertThat(starts(slots.of(release, Instant.parse("2020-12-01T09:00:00Z"), 1)))
                .containsExactly("2026-11-24T10:00:00Z");
    }

    @Test
    void the_rollout_ends_within_the_allowed_hours_it_began_in() {
        windows = new Windows("Europe/Berlin", List.of("MON-THU 09:00-09:20", "TUE 11:05-11:30"), List.of());

        assertThat(starts(slots.of(release("1.1.0").id(), null, 4)))
                .containsExactly(
                        "2026-11-24T10:15:00Z", "2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z", "2026-11-30T08:00:00Z");
    }

    @Test
    void a_rollout_that_fits_into_no_hours_at_least_begins_in_them() {
        windows = new Windows("Europe/Berlin", List.of("MON-THU 09:00-16:00"), List.of());
        steps = List.of(new Step(10, Duration.ofDays(1)), new Step(100, Duration.ofHours(1)));

        var proposal = slots.of(release("1.1.0").id(), null, 2);

        assertThat(proposal.slots())
                .containsExactly(
                        slot("2026-11-24T10:00:00Z", "2026-11-25T11:00:00Z", "2026-11-25T11:30:00Z"),
                        slot("2026-11-25T11:30:00Z", "2026-11-26T12:30:00Z", "2026-11-26T13:00:00Z"));
    }

    @Test
    void freezes_and_holidays_are_passed_over_and_named() throws IOException {
        windows = new Windows(
                "Europe/Berlin",
                List.of("MON-FRI 09:00-16:00"),
                List.of(calendar("freeze.ics", event("Black Friday", "20261124T104500Z", "20261125T140000Z"))),
                List.of(calendar("de.ics", event("Holiday", "20261125T230000Z", "20261126T230000Z"))));

        var proposal = slots.of(release("1.1.0").id(), null, 3);

        assertThat(starts(proposal))
                .containsExactly("2026-11-24T10:00:00Z", "2026-11-25T14:00:00Z", "2026-11-25T14:45:00Z");
        assertThat(starts(slots.of(release("1.2.0").id(), Instant.parse("2026-11-26T08:00:00Z"), 1)))
                .containsExactly("2026-11-27T08:00:00Z");
        assertThat(proposal.passedOver())
                .containsExactly(new Obstacle(
                        Obstacle.Kind.FREEZE,
                        Instant.parse("2026-11-24T10:45:00Z"),
                        Instant.parse("2026-11-25T14:00:00Z"),
                        "A freeze is on from Tue 24 Nov 2026 11:45 CET to Wed 25 Nov 2026 15:00 CET: Black Friday ("
                                + directory.resolve("freeze.ics") + ")."));
        assertThat(slots.of(release("1.3.0").id(), Instant.parse("2026-11-26T00:00:00Z"), 1)
                        .passedOver())
                .extracting(Obstacle::what)
                .containsExactly(
                        "It is a holiday from Thu 26 Nov 2026 00:00 CET to Fri 27 Nov 2026 00:00 CET: Holiday ("
                                + directory.resolve("de.ics") + ").");
    }

    @Test
    void somebody_is_on_call_to_the_end_of_the_observation_and_a_gap_names_who_is_before_and_after()
            throws IOException {
        onCall = new OnCall(
                calendar(
                        "oncall.ics",
                        event("alice", "20261124T080000Z", "20261124T110000Z"),
                        event("bob", "20261124T160000Z", "20261124T200000Z")),
                List.of());

        var release = release("1.1.0").id();
        // 15 minutes of rollout and 30 of observation end at 11:00.
        assertThat(starts(slots.of(release, Instant.parse("2026-11-24T10:15:00Z"), 1)))
                .containsExactly("2026-11-24T10:15:00Z");

        var proposal = slots.of(release, Instant.parse("2026-11-24T10:16:00Z"), 1);

        assertThat(starts(proposal)).containsExactly("2026-11-24T16:00:00Z");
        assertThat(proposal.passedOver())
                .extracting(Obstacle::what)
                .containsExactly(
                        "Nobody is on call from Tue 24 Nov 2026 12:00 CET to Tue 24 Nov 2026 17:00 CET, says the"
                                + " calendar " + directory.resolve("oncall.ics") + ". Before: alice. After: bob.");
    }

    @Test
    void releases_of_the_service_of_related_ones_and_of_the_same_person_are_conflicts() {
        var own = service;
        var first = release("1.1.0", Instant.parse("2026-11-24T10:00:00Z"), null);
        service = own + "-cart";
        var unrelated = owned("1.0.0", "bob", Instant.parse("2026-11-24T11:00:00Z"));
        service = own + "-search";
        var same = release("2.0.0", Instant.parse("2026-11-24T12:00:00Z"), Instant.parse("2026-11-24T13:00:00Z"));
        service = own + "-prices";
        related = List.of(own);
        var tied = owned("3.0.0", "carol", Instant.parse("2026-11-24T16:00:00Z"));
        service = own;
        related = List.of();

        var proposal = slots.of(release("1.2.0").id(), null, 50);

        assertThat(starts(proposal))
                .startsWith(
                        "2026-11-24T10:45:00Z",
                        "2026-11-24T13:30:00Z",
                        "2026-11-24T14:15:00Z",
                        "2026-11-24T15:00:00Z",
                        "2026-11-24T16:45:00Z");
        assertThat(proposal.passedOver())
                .extracting(Obstacle::what)
                .containsExactly(
                        "Another release of " + own + " is planned: " + first.name() + " (" + first.id()
                                + ", in charge: alice), from Tue 24 Nov 2026 11:00 CET to Tue 24 Nov 2026 11:40 CET.",
                        "alice is in charge of another release then: " + same.name() + " (" + same.id()
                                + "), from Tue 24 Nov 2026 13:00 CET to Tue 24 Nov 2026 14:30 CET.",
                        tied.service() + " is related to " + own + ", and a release of it is planned: " + tied.name()
                                + " (" + tied.id() + ", in charge: carol), from Tue 24 Nov 2026 17:00 CET to Tue 24 Nov"
                                + " 2026 17:40 CET.");
        assertThat(proposal.passedOver()).extracting(Obstacle::what).noneMatch(what -> what.contains(unrelated.name()));
    }

    @Test
    void a_release_that_runs_is_in_the_way_and_one_that_is_over_or_missed_its_window_is_not() {
        var running = release("1.1.0");
        releases.trafficBegins(running.id());
        var missed = release("1.0.9", Instant.parse("2026-11-24T09:00:00Z"), Instant.parse("2026-11-24T09:30:00Z"));
        var own = release("1.2.0");

        var proposal = slots.of(own.id(), null, 1);
        assertThat(starts(proposal)).containsExactly("2026-11-24T10:45:00Z");
        assertThat(proposal.passedOver())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.what())
                        .startsWith("Another release of " + service + " is under way: " + running.name())
                        .doesNotContain(missed.name()));

        releases.declare(running.id(), Outcome.SUCCESSFUL);
        assertThat(starts(slots.of(own.id(), null, 1))).containsExactly("2026-11-24T10:00:00Z");
    }

    @Test
    void a_service_is_asked_about_without_a_release() {
        release("1.1.0", Instant.parse("2026-11-24T10:00:00Z"), null);

        assertThat(starts(slots.ofService(service, null, 1))).containsExactly("2026-11-24T10:45:00Z");
        assertThatThrownBy(() -> slots.ofService("nowhere", null, 1)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void nothing_is_proposed_where_a_calendar_cannot_be_read() {
        windows = new Windows("Europe/Berlin", List.of(), List.of("missing.ics"));

        var proposal = slots.of(release("1.1.0").id(), null, 5);

        assertThat(proposal.slots()).isEmpty();
        assertThat(proposal.passedOver()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.kind()).isEqualTo(Obstacle.Kind.UNKNOWN);
            assertThat(obstacle.what()).endsWith("Nobody knows whether a freeze is on.");
        });
    }

    @Test
    void nothing_is_proposed_where_hours_never_come_and_the_search_ends() {
        onCall = new OnCall(directory.resolve("gone.ics").toString(), List.of());

        assertThat(slots.of(release("1.1.0").id(), null, 5).passedOver())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.what()).endsWith("Nobody knows who is on call."));
    }

    @Test
    void every_calendar_is_read_once_however_many_slots_there_are() throws IOException {
        for (var name : List.of("freeze", "holiday", "oncall")) {
            server.stubFor(get("/" + name + ".ics")
                    .willReturn(ok(Files.readString(Path.of(calendar(
                            name + ".ics",
                            event(name, "20261101T000000Z", "20261102T000000Z", "RRULE:FREQ=YEARLY")))))));
        }
        windows = new Windows(
                "Europe/Berlin",
                List.of("MON-THU 09:00-16:00"),
                List.of(server.url("/freeze.ics")),
                List.of(server.url("/holiday.ics")));
        onCall = new OnCall(null, List.of("alice"));

        assertThat(slots.of(release("1.1.0").id(), null, 50).slots()).hasSize(50);

        server.verify(1, getRequestedFor(urlEqualTo("/freeze.ics")));
        server.verify(1, getRequestedFor(urlEqualTo("/holiday.ics")));
        onCall = new OnCall(server.url("/oncall.ics"), List.of());
        slots.of(release("1.2.0").id(), null, 50);
        server.verify(1, getRequestedFor(urlEqualTo("/oncall.ics")));
    }

    private Release owned(String version, String owner, Instant start) {
        var release = release(version, start, null);
        jdbc.sql("update release set owner = ? where number = ?")
                .params(owner, release.number())
                .update();
        return release;
    }

    private static List<String> starts(Proposal proposal) {
        return proposal.slots().stream().map(slot -> slot.start().toString()).toList();
    }

    private static Slot slot(String start, String end, String observedUntil) {
        return new Slot(Instant.parse(start), Instant.parse(end), Instant.parse(observedUntil));
    }

    private String calendar(String name, String... events) throws IOException {
        var file = directory.resolve(name);
        Files.writeString(
                file,
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + String.join("", events)
                        + "END:VCALENDAR\r\n");
        return file.toString();
    }

    private static String event(String summary, String from, String to, String... more) {
        return "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:%s\r\nDTSTART:%s\r\nDTEND:%s\r\n%sEND:VEVENT\r\n"
                .formatted(
                        summary + from, summary, from, to, more.length == 0 ? "" : String.join("\r\n", more) + "\r\n");
    }
}

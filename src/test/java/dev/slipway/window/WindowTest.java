package dev.slipway.window;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.release.Outcome;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRequest;
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

class WindowTest extends WindowSlice {

    @RegisterExtension
    static WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    @Autowired
    WindowPlan plan;

    @Autowired
    WindowChecks checks;

    @Autowired
    Gates gates;

    @Autowired
    WindowBooking booking;

    @Autowired
    WindowBriefing briefing;

    @Test
    void a_window_opens_at_its_booked_start() {
        assertThat(opensAt(release("1.1.0", Instant.parse("2026-11-25T09:00:00Z"), null)))
                .isEqualTo("2026-11-25T09:00:00Z");
    }

    @Test
    void a_start_that_is_past_or_not_booked_opens_now() {
        assertThat(opensAt(release("1.1.0", Instant.parse("2026-11-20T09:00:00Z"), null)))
                .isEqualTo("2026-11-24T10:00:00Z");
        assertThat(opensAt(release("1.2.0"))).isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void a_start_outside_the_allowed_hours_moves_to_the_next_of_them() {
        windows = new Windows("America/New_York", List.of("TUE 09:00-16:00"), List.of());

        assertThat(opensAt(release("1.1.0"))).isEqualTo("2026-11-24T14:00:00Z");
        assertThat(opensAt(release("1.2.0", Instant.parse("2026-11-25T14:00:00Z"), null)))
                .isEqualTo("2026-12-01T14:00:00Z");
    }

    @Test
    void a_clear_window_is_clear() {
        var release = release("1.1.0");

        var execution = checked(release);

        assertThat(execution.getVariable("windowClear")).isEqualTo(true);
        assertThat(execution.getVariable("windowReason")).isNull();
        assertThat(story(release.id())).contains("The window is open and clear.");
    }

    @Test
    void a_window_that_is_over_or_outside_the_allowed_hours_is_blocked_and_every_reason_told() {
        windows = new Windows("Europe/Berlin", List.of("MON 09:00-16:00"), List.of());
        var release = release("1.1.0", null, Instant.parse("2026-11-24T09:00:00Z"));

        var execution = checked(release);

        assertThat(execution.getVariable("windowClear")).isEqualTo(false);
        assertThat(execution.getVariable("windowReason"))
                .isEqualTo("The booked window ended Tue 24 Nov 2026 10:00 CET. Tue 24 Nov 2026 11:00 CET is outside the"
                        + " hours in which " + service + " may be released: MON 09:00-16:00 (Europe/Berlin).");
        assertThat(briefing.about(release.id(), "plan-window"))
                .contains("The booked window ended")
                .contains("MON 09:00-16:00");
    }

    @Test
    void a_freeze_blocks_and_is_named() throws IOException {
        var calendar = calendar("Black Friday week", "20261123", "20261128");
        windows = new Windows("Europe/Berlin", List.of(), List.of(calendar));

        assertThat((String) checked(release("1.1.0")).getVariable("windowReason"))
                .startsWith("A freeze is on until Sat 28 Nov 2026 00:00 CET: Black Friday week");
    }

    @Test
    void a_holiday_blocks_and_is_named() throws IOException {
        var calendar = calendar("Buß- und Bettag", "20261124", "20261125");
        windows = new Windows("Europe/Berlin", List.of(), List.of(), List.of(calendar));

        assertThat((String) checked(release("1.1.0")).getVariable("windowReason"))
                .startsWith("It is a holiday until Wed 25 Nov 2026 00:00 CET: Buß- und Bettag");
        windows = new Windows("Europe/Berlin", List.of(), List.of(), List.of("missing.ics"));
        assertThat((String) checked(release("1.2.0")).getVariable("windowReason"))
                .endsWith("Nobody knows whether it is a holiday.");
    }

    @Test
    void a_window_that_is_clear_by_a_copy_says_how_old_it_is() throws IOException {
        server.stubFor(get("/company.ics")
                .willReturn(ok(Files.readString(Path.of(calendar("Black Friday week", "20261125", "20261128"))))));
        windows = new Windows("Europe/Berlin", List.of(), List.of(server.url("/company.ics")));
        assertThat(checked(release("1.1.0")).getVariable("windowClear")).isEqualTo(true);
        server.stubFor(get("/company.ics").willReturn(aResponse().withStatus(503)));
        clock.now = clock.now.plus(Duration.ofHours(2));

        var release = release("1.2.0");
        assertThat(checked(release).getVariable("windowClear")).isEqualTo(true);
        assertThat(story(release.id()))
                .contains("The window is open and clear. The calendar at localhost can't be read: it answered with"
                        + " status 503. What it said 2 h ago counts.");
        clock.now = clock.now.plus(Duration.ofDays(1));
        assertThat((String) checked(release("1.3.0")).getVariable("windowReason"))
                .startsWith("A freeze is on until Sat 28 Nov 2026 00:00 CET: Black Friday week (at localhost).")
                .endsWith("What it said 26 h ago counts.");
    }

    @Test
    void a_calendar_that_cannot_be_read_blocks() {
        windows = new Windows("Europe/Berlin", List.of(), List.of("missing.ics"));

        var execution = checked(release("1.1.0"));

        assertThat(execution.getVariable("windowClear")).isEqualTo(false);
        assertThat((String) execution.getVariable("windowReason"))
                .startsWith("The calendar missing.ics can't be read")
                .endsWith("Nobody knows whether a freeze is on.");
    }

    @Test
    void nobody_on_call_blocks() throws IOException {
        onCall = new OnCall(calendar("alice", "20261101", "20261124"), List.of());
        assertThat((String) checked(release("1.1.0")).getVariable("windowReason"))
                .startsWith("Nobody is on call now");

        onCall = new OnCall(calendar("alice", "20261101", "20261201"), List.of());
        assertThat(checked(release("1.2.0")).getVariable("windowClear")).isEqualTo(true);
    }

    @Test
    void another_release_of_the_service_that_is_rolling_out_blocks() {
        var other = release("1.1.0");
        releases.trafficBegins(other.id());

        assertThat(checked(release("1.2.0")).getVariable("windowReason"))
                .isEqualTo("Another release of " + service + " is under way: " + service + " 1.1.0 (" + other.id()
                        + ", in charge: alice).");
    }

    @Test
    void while_a_release_is_under_way_others_and_pipelines_are_told_no() {
        var other = release("1.1.0");
        var own = release("1.2.0");
        assertThat(gates.of(own.id()).decision()).isEqualTo(Gate.Decision.WAIT);
        assertThat(gates.ofService(service).decision()).isEqualTo(Gate.Decision.GO);

        releases.trafficBegins(other.id());

        assertThat(gates.of(own.id()).decision()).isEqualTo(Gate.Decision.NO_GO);
        assertThat(gates.of(own.id()).reasons()).singleElement().asString().contains(other.id() + ", in charge: alice");
        assertThat(gates.ofService(service).decision()).isEqualTo(Gate.Decision.NO_GO);
        assertThat(gates.of(other.id()).reasons()).noneMatch(reason -> reason.contains("under way"));
        releases.declare(other.id(), Outcome.SUCCESSFUL);
        assertThat(gates.of(own.id()).decision()).isEqualTo(Gate.Decision.WAIT);
        assertThat(gates.ofService(service).decision()).isEqualTo(Gate.Decision.GO);
    }

    @Test
    void related_services_freeze_each_other_whichever_of_them_says_so() {
        var first = service;
        var one = release("1.1.0");
        service = first + "-cart";
        related = List.of(first);
        var other = release("1.1.0");

        releases.trafficBegins(one.id());
        assertThat(gates.of(other.id()).reasons())
                .singleElement()
                .asString()
                .startsWith(first + " is related to " + service + " and a release of it is under way");
        releases.declare(one.id(), Outcome.SUCCESSFUL);
        releases.trafficBegins(other.id());
        var again = releases.open(SampleRequest.of(first, "1.2.0").request(), one.definitionId(), "1.1.0");
        assertThat(gates.of(again.id()).decision()).isEqualTo(Gate.Decision.NO_GO);
        assertThat(checked(again).getVariable("windowReason")).asString().contains(service + " is related to " + first);
        assertThatThrownBy(() -> gates.ofService("nowhere")).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_new_window_is_kept_and_told() {
        var release = release("1.1.0");
        var execution = execution(release.id());
        execution.setVariable("windowStart", "2026-11-25T10:00");
        execution.setVariable("windowEnd", "2026-11-25T12:00");

        new BookWindow(booking).execute(execution);

        var kept = releases.get(release.id());
        assertThat(kept.windowStart()).isEqualTo("2026-11-25T09:00:00Z");
        assertThat(kept.windowEnd()).isEqualTo("2026-11-25T11:00:00Z");
        assertThat(story(release.id()))
                .contains("A new window is booked: from Wed 25 Nov 2026 10:00 CET to Wed 25 Nov 2026 12:00 CET.");
        assertThat(briefing.about(release.id(), "decide-go")).contains("from Wed 25 Nov 2026 10:00 CET");
    }

    @Test
    void a_slot_that_is_picked_is_the_one_that_was_shown() {
        windows = new Windows("Europe/Berlin", List.of("MON-THU 13:00-14:00"), List.of());
        var release = release("1.1.0");
        assertThat(briefing.about(release.id(), "plan-window")).doesNotContain("Free slots");

        assertThat(briefing.prefill(release.id(), "plan-window")).containsEntry("windowSlot", null);
        assertThat(briefing.prefill(release.id(), "decide-go")).isEmpty();

        assertThat(briefing.about(release.id(), "plan-window"))
                .contains("**Free slots** (rollout 10 min, observation 30 min):")
                .contains("| 1 | Tue 24 Nov 2026 13:00 CET | Tue 24 Nov 2026 13:15 CET | Tue 24 Nov 2026 13:45 CET |")
                .contains("| 5 | Thu 26 Nov 2026 13:00 CET | Thu 26 Nov 2026 13:15 CET | Thu 26 Nov 2026 13:45 CET |");
        pick(release, 5L);
        assertThat(releases.get(release.id()).windowStart()).isEqualTo("2026-11-26T12:00:00Z");
        assertThat(releases.get(release.id()).windowEnd()).isEqualTo("2026-11-26T12:15:00Z");
    }

    @Test
    void a_slot_that_there_is_not_or_that_is_past_is_refused() {
        var release = release("1.1.0");
        assertThatThrownBy(() -> pick(release, 1L)).hasMessageContaining("There is no slot 1; the form names 0.");
        briefing.prefill(release.id(), "plan-window");

        for (var wrong : List.of(0L, 6L, 1.5, "two")) {
            assertThatThrownBy(() -> pick(release, wrong))
                    .isInstanceOf(Refusal.BadInput.class)
                    .hasMessageStartingWith("windowSlot: ")
                    .hasMessageContaining("" + wrong);
        }
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThatThrownBy(() -> pick(release, 1L))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessage(
                        "windowSlot: Slot 1 began Tue 24 Nov 2026 11:00 CET, which is past. Choose another, or leave it"
                                + " empty and name a time of your own.");
    }

    @Test
    void a_slot_that_somebody_else_took_meanwhile_is_refused_and_the_release_named() {
        var release = release("1.1.0");
        briefing.prefill(release.id(), "plan-window");
        var other = release("1.2.0", Instant.parse("2026-11-24T10:00:00Z"), null);

        assertThatThrownBy(() -> pick(release, 1L))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("Slot 1 is not free any more. Another release of " + service + " is planned: "
                        + other.name() + " (" + other.id() + ", in charge: alice)");
    }

    @Test
    void a_time_of_ones_own_is_booked_and_what_is_against_it_told() throws IOException {
        windows =
                new Windows("Europe/Berlin", List.of(), List.of(calendar("Black Friday week", "20261125", "20261128")));
        var release = release("1.1.0");
        var execution = execution(release.id());
        execution.setVariable("windowStart", "2026-11-25T10:00");

        new BookWindow(booking).execute(execution);

        assertThat(story(release.id()))
                .last()
                .asString()
                .startsWith(
                        "A new window is booked: from Wed 25 Nov 2026 10:00 CET, open ended. Known against it: A"
                                + " freeze is on from Wed 25 Nov 2026 00:00 CET to Sat 28 Nov 2026 00:00 CET: Black Friday week");
    }

    private void pick(Release release, Object slot) {
        var execution = execution(release.id());
        execution.setVariable("windowSlot", slot);
        new BookWindow(booking).execute(execution);
    }

    @Test
    void a_window_that_cannot_be_used_is_refused_and_changes_nothing() {
        var release = release("1.1.0");
        var execution = execution(release.id());
        execution.setVariable("windowStart", "2026-11-23T10:00");

        assertThatThrownBy(() -> new BookWindow(booking).execute(execution)).isInstanceOf(Refusal.BadInput.class);
        assertThat(releases.get(release.id()).windowStart()).isNull();
    }

    @Test
    void the_owner_who_did_not_say_go_reads_so() {
        var release = release("1.1.0");
        checked(release);

        assertThat(briefing.about(release.id(), "plan-window")).contains("it was not a go");
    }

    private String opensAt(Release release) {
        return plan.opensAt(execution(release.id()));
    }

    private org.camunda.bpm.engine.delegate.DelegateExecution checked(Release release) {
        var execution = execution(release.id());
        new CheckWindow(checks).execute(execution);
        return execution;
    }

    private String calendar(String summary, String from, String to) throws IOException {
        var file = directory.resolve(summary.replace(' ', '-') + to + ".ics");
        Files.writeString(file, """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//test//EN
                BEGIN:VEVENT
                UID:one
                DTSTAMP:20260101T000000Z
                SUMMARY:%s
                DTSTART;VALUE=DATE:%s
                DTEND;VALUE=DATE:%s
                END:VEVENT
                END:VCALENDAR
                """.formatted(summary, from, to).replace("\n", "\r\n"));
        return file.toString();
    }
}

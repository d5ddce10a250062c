package dev.slipway.prerelease.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnCallCollectorTest {

    private static final String ROTA = "oncall.ics";
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void a_gap_blocks_a_hand_over_is_asked_about_and_people_are_noted() throws IOException {
        write("""
                DTSTART;TZID=Europe/Berlin:20261128T200000
                DTEND;TZID=Europe/Berlin:20261128T220000
                SUMMARY:alice""", """
                DTSTART;TZID=Europe/Berlin:20261129T060000
                DTEND;TZID=Europe/Berlin:20261129T080000
                SUMMARY:bob""", """
                DTSTART;TZID=Europe/Berlin:20261129T080000
                DTEND;TZID=Europe/Berlin:20261129T180000
                SUMMARY:carol""");
        var release = OnCall.release(Instant.parse("2026-11-28T20:00:00Z"), Instant.parse("2026-11-29T09:00:00Z"));

        var collected = collector().collect(release, OnCall.service("Europe/Berlin", ROTA));

        assertThat(collected.findings())
                .extracting(Finding::severity, Finding::what)
                .containsExactly(
                        tuple(
                                Severity.BLOCKING,
                                "Nobody is on call from Sat 28 Nov 22:00 to Sun 29 Nov 06:00 Europe/Berlin."),
                        tuple(
                                Severity.ASK,
                                "bob goes off call at Sun 29 Nov 08:00 Europe/Berlin; on call then: carol."),
                        tuple(
                                Severity.NOTE,
                                "alice is on call from Sat 28 Nov 21:00 to Sat 28 Nov 22:00 Europe/Berlin."),
                        tuple(Severity.NOTE, "bob is on call from Sun 29 Nov 06:00 to Sun 29 Nov 08:00 Europe/Berlin."),
                        tuple(
                                Severity.NOTE,
                                "carol is on call from Sun 29 Nov 08:00 to Sun 29 Nov 10:30 Europe/Berlin."));
        assertThat(collected.facts()).containsEntry("onCallGaps", 1).containsEntry("onCallPeople", "alice, bob, carol");
        assertThat(collected.summary())
                .isEqualTo("On call from Sat 28 Nov 21:00 to Sun 29 Nov 10:30 Europe/Berlin, the window and the"
                        + " observation: alice, bob, carol. With a gap.");
    }

    @Test
    void the_hour_that_comes_twice_says_which_of_them() throws IOException {
        write("""
                DTSTART:20261024T200000Z
                DTEND:20261025T003000Z
                SUMMARY:alice""", """
                DTSTART:20261025T013000Z
                DTEND:20261025T100000Z
                SUMMARY:bob""");
        var release = OnCall.release(Instant.parse("2026-10-25T00:00:00Z"), Instant.parse("2026-10-25T03:00:00Z"));

        var collected = collector(Instant.parse("2026-10-24T00:00:00Z"))
                .collect(release, OnCall.service("Europe/Berlin", ROTA));

        assertThat(collected.findings().get(0).what())
                .isEqualTo("Nobody is on call from Sun 25 Oct 02:30 CEST to Sun 25 Oct 02:30 CET Europe/Berlin.");
    }

    @Test
    void nobody_at_all_is_one_gap_and_no_people() throws IOException {
        write("""
                DTSTART:20250101T000000Z
                DTEND:20250102T000000Z
                SUMMARY:alice""");

        var collected = collector().collect(OnCall.release(null, null), OnCall.service("UTC", ROTA));

        assertThat(collected.facts()).containsEntry("onCallGaps", 1).containsEntry("onCallPeople", "");
        assertThat(collected.summary())
                .isEqualTo("Nobody is on call from Fri 27 Nov 10:00 to Fri 27 Nov 10:40 UTC, the window and the"
                        + " observation.");
    }

    @Test
    void a_calendar_that_can_not_be_read_breaks_the_collector() {
        assertThatThrownBy(() -> collector().collect(OnCall.release(null, null), OnCall.service("UTC", ROTA)))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("The calendar oncall.ics can't be read: there is no such file")
                .hasMessageContaining("mend onCall.calendar of checkout");
    }

    @Test
    void it_applies_where_a_calendar_or_people_are_named() {
        var collector = collector();
        var release = OnCall.release(null, null);

        assertThat(collector.name()).isEqualTo("on-call");
        assertThat(collector.appliesTo(release, OnCall.service("UTC", null))).isFalse();
        assertThat(collector.appliesTo(release, OnCall.service("UTC", null, "alice")))
                .isTrue();
        assertThat(collector.appliesTo(release, OnCall.service("UTC", ROTA))).isTrue();
    }

    private OnCallCollector collector() {
        return collector(NOW);
    }

    private OnCallCollector collector(Instant now) {
        return new OnCallCollector(OnCall.cover(directory), Clock.fixed(now, ZoneOffset.UTC));
    }

    private void write(String... events) throws IOException {
        Files.writeString(directory.resolve(ROTA), OnCall.calendar(events));
    }
}

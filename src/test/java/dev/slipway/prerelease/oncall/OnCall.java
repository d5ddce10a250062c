package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.CalendarProperties;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.ServiceFilesProperties;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A service with a rota, and a release of it. */
final class OnCall {

    private OnCall() {}

    static OnCallCover cover(Path directory) {
        var calendars = new Calendars(
                new CalendarProperties(null, Duration.ofSeconds(2)), new ServiceFilesProperties(directory));
        return new OnCallCover(new OnCallRota(calendars));
    }

    /** Rolled out in ten minutes and observed for thirty. */
    static ServiceDefinition service(String zone, String calendar, String... people) {
        return new ServiceDefinition(
                "checkout",
                new ServiceDefinition.Owner(null, null),
                new ServiceDefinition.OnCall(calendar, List.of(people)),
                null,
                null,
                new ServiceDefinition.Rollout(
                        "test",
                        ServiceDefinition.Strategy.CANARY,
                        List.of(
                                new ServiceDefinition.Step(5, Duration.ofMinutes(4)),
                                new ServiceDefinition.Step(100, Duration.ofMinutes(6))),
                        Duration.ofMinutes(15),
                        null),
                null,
                new ServiceDefinition.Observation(Duration.ofMinutes(30), Duration.ofSeconds(30)),
                List.of(),
                new ServiceDefinition.Windows(zone, List.of(), List.of()),
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** @param start and end of the booked window; may be null */
    static Release release(Instant start, Instant end) {
        return new Release(
                42L,
                "checkout",
                "1.5.0",
                "Faster checkout",
                "erin",
                "paula",
                Phase.PRE_RELEASE,
                null,
                null,
                Instant.parse("2026-11-20T08:00:00Z"),
                null,
                "1.4.2",
                null,
                null,
                null,
                false,
                null,
                null,
                start,
                end,
                7L,
                null,
                null,
                List.of());
    }

    static String calendar(String... events) {
        var text = new StringBuilder("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n");
        for (var i = 0; i < events.length; i++) {
            text.append("BEGIN:VEVENT\n")
                    .append(events[i].contains("UID:") ? "" : "UID:event-" + i + "\n")
                    .append("DTSTAMP:20260101T000000Z\n")
                    .append(events[i].strip())
                    .append("\nEND:VEVENT\n");
        }
        return text.append("END:VCALENDAR\n").toString().replace("\n", "\r\n");
    }
}

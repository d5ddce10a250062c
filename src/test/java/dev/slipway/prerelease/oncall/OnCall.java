package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.CalendarProperties;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.ServiceFilesProperties;
import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A service with a rota, and a release of it. */
final class OnCall {

    private OnCall() {}

    static OnCallCover cover(Path directory) {
        var calendars = new Calendars(
                new CalendarProperties(null, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofDays(7)),
                new ServiceFilesProperties(directory));
        return new OnCallCover(new OnCallRota(calendars));
    }

    /** Rolled out in ten minutes and observed for thirty. */
    static ServiceDefinition service(String zone, String calendar, String... people) {
        return SampleService.called("checkout")
                .with(new ServiceDefinition.OnCall(calendar, List.of(people)))
                .with(new ServiceDefinition.Rollout(
                        "test",
                        ServiceDefinition.Strategy.CANARY,
                        List.of(
                                new ServiceDefinition.Step(5, Duration.ofMinutes(4)),
                                new ServiceDefinition.Step(100, Duration.ofMinutes(6))),
                        Duration.ofMinutes(15),
                        null,
                        List.of()))
                .with(new ServiceDefinition.Observation(Duration.ofMinutes(30), Duration.ofSeconds(30)))
                .with(new ServiceDefinition.Windows(zone, List.of(), List.of()))
                .definition();
    }

    /** @param start and end of the booked window; may be null */
    static Release release(Instant start, Instant end) {
        return SampleRelease.of("checkout", "1.5.0").window(start, end).release();
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

package dev.slipway.window;

import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Releases of fifty services, pairs of which are related, planned one after the other into the slots that are proposed. */
public abstract class PlannedMonth extends WindowSlice {

    private static final int SERVICES = 50;
    private static final int PEOPLE = 25;

    @TempDir
    Path directory;

    @Autowired
    Slots slots;

    private static int months;

    private final String shop = "month-" + ++months + "-shop-";
    private final List<Planned> planned = new ArrayList<>();
    private String freezes;
    private String holidays;
    private String rota;

    /** A release that has its slot. */
    public record Planned(ReleaseId id, String service, String owner, Slot slot) {

        /** @return whether the two must not meet, and do */
        public boolean collidesWith(Planned other) {
            var apart = !slot.start().isBefore(other.slot.observedUntil())
                    || !other.slot.start().isBefore(slot.observedUntil());
            return !apart && (pair(service) == pair(other.service) || owner.equals(other.owner));
        }

        private static int pair(String service) {
            return Integer.parseInt(service.substring(service.lastIndexOf('-') + 1)) / 2;
        }
    }

    /** @return when planning begins */
    public final Instant begin() {
        return clock.now;
    }

    /** Opens a release, asks for slots and books the first. */
    public final Planned plan(int number) throws IOException {
        var index = number % SERVICES;
        service = shop + index;
        related = List.of(shop + (index ^ 1));
        calendars();
        windows = new Windows("Europe/Berlin", List.of("MON-THU 09:00-16:00"), List.of(freezes), List.of(holidays));
        onCall = new OnCall(rota, List.of());
        var owner = "person-" + number % PEOPLE;
        var release = release("1.0." + number);
        jdbc.sql("update release set owner = ? where number = ?")
                .params(owner, release.number())
                .update();
        var slot = slots.of(release.id(), null, 1).slots().get(0);
        releases.plan(release.id(), slot.start(), slot.end());
        planned.add(new Planned(release.id(), service, owner, slot));
        return planned.get(planned.size() - 1);
    }

    /** Proposes slots for one more release, beside all that are planned. */
    public final Proposal propose(int count) {
        return slots.of(planned.get(planned.size() - 1).id(), null, count);
    }

    /** @return those that have their slot */
    public final List<Planned> planned() {
        return planned;
    }

    /** A night of freeze each week, two people on call in turn for weeks, and a few holidays. */
    private void calendars() throws IOException {
        if (freezes != null) {
            return;
        }
        freezes = calendar("freezes", event("Payday", "20260101T120000", "20260101T140000", "RRULE:FREQ=WEEKLY"));
        holidays = calendar("holidays", event("Holiday", "20261202T000000", "20261203T000000", "RRULE:FREQ=YEARLY"));
        rota = calendar(
                "rota",
                event("alice", "20260105T090000", "20260112T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
                event("bob", "20260112T090000", "20260119T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2"));
    }

    private String calendar(String name, String... events) throws IOException {
        var file = directory.resolve(name + ".ics");
        Files.writeString(
                file,
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + String.join("", events)
                        + "END:VCALENDAR\r\n");
        return file.toString();
    }

    private static String event(String summary, String from, String to, String rule) {
        return """
                BEGIN:VEVENT
                UID:%s
                DTSTAMP:20260101T000000Z
                SUMMARY:%s
                DTSTART;TZID=Europe/Berlin:%s
                DTEND;TZID=Europe/Berlin:%s
                %s
                END:VEVENT
                """.formatted(summary, summary, from, to, rule).replace("\n", "\r\n");
    }
}

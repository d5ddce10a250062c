package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * WIN-1, WIN-2 as a property: whatever the hours, freezes and holidays, no release begins outside the hours, in a freeze or
 * on a holiday, and none is proposed a slot there. What is allowed is worked out here anew, by the clock on the wall.
 */
class NeverOutsideTest extends WindowSlice {

    private static final int CASES = 200;
    private static final int MOMENTS = 6;
    private static final List<String> ZONES = List.of(
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC");
    /** Around changes of the clock, among others. */
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2026, 3, 6),
            LocalDate.of(2026, 3, 27),
            LocalDate.of(2026, 4, 3),
            LocalDate.of(2026, 10, 2),
            LocalDate.of(2026, 10, 23),
            LocalDate.of(2026, 10, 30),
            LocalDate.of(2026, 7, 1));

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    @TempDir
    Path directory;

    @Autowired
    WindowChecks checks;

    @Autowired
    Slots slots;

    private int files;

    /** Hours of some days, as a service file names them. */
    private record Hours(DayOfWeek first, DayOfWeek last, LocalTime from, LocalTime to) {
        String text() {
            return "%s-%s %s-%s"
                    .formatted(first.name().substring(0, 3), last.name().substring(0, 3), from, to);
        }

        boolean contain(ZonedDateTime at) {
            var day = at.getDayOfWeek();
            var inDays = first.compareTo(last) <= 0
                    ? day.compareTo(first) >= 0 && day.compareTo(last) <= 0
                    : day.compareTo(first) >= 0 || day.compareTo(last) <= 0;
            var time = at.toLocalTime();
            return inDays && !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** An event of whole days, or of some hours of a day, every week or once. */
    private record Event(LocalDate day, int days, LocalTime from, LocalTime to, boolean weekly) {
        String text() {
            return "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Not now\r\n%s%sEND:VEVENT\r\n"
                    .formatted(hashCode() + "-" + day, times(), weekly ? "RRULE:FREQ=WEEKLY\r\n" : "");
        }

        private String times() {
            return from == null
                    ? "DTSTART;VALUE=DATE:%s\r\nDTEND;VALUE=DATE:%s\r\n"
                            .formatted(DAY.format(day), DAY.format(day.plusDays(days)))
                    : "DTSTART:%s\r\nDTEND:%s\r\n"
                            .formatted(TIME.format(day.atTime(from)), TIME.format(day.atTime(to)));
        }

        boolean covers(ZonedDateTime at) {
            var since = at.toLocalDate().toEpochDay() - day.toEpochDay();
            if (since < 0) {
                return false;
            }
            var into = weekly ? since % 7 : since;
            return from == null
                    ? into < days
                    : into == 0
                            && !at.toLocalTime().isBefore(from)
                            && at.toLocalTime().isBefore(to);
        }
    }

    private record Case(ZoneId zone, List<Hours> hours, List<Event> freezes, List<Event> holidays) {
        boolean allows(Instant at) {
            var local = at.atZone(zone);
            return (hours.isEmpty() || hours.stream().anyMatch(some -> some.contain(local)))
                    && freezes.stream().noneMatch(freeze -> freeze.covers(local))
                    && holidays.stream().noneMatch(holiday -> holiday.covers(local));
        }

        /** A time that the clock shows twice is not told apart by the clock. */
        boolean isShownTwice(Instant at) {
            return zone.getRules()
                            .getValidOffsets(at.atZone(zone).toLocalDateTime())
                            .size()
                    > 1;
        }
    }

    @Test
    void a_release_never_begins_outside_its_hours_in_a_freeze_or_on_a_holiday() throws IOException {
        var random = new Random(20261129);
        var clear = 0;
        var blocked = 0;
        for (var number = 0; number < CASES; number++) {
            var one = draw(random);
            var begin = DAYS.get(random.nextInt(DAYS.size()))
                    .atStartOfDay(one.zone())
                    .toInstant();
            clock.now = begin;
            var release = release(one, number);
            for (var moment = 0; moment < MOMENTS; moment++) {
                clock.now = begin.plus(Duration.ofMinutes(15L * random.nextInt(6 * 96)));
                if (one.isShownTwice(clock.now)) {
                    continue;
                }
                var found = checks.check(release.id());
                assertThat(found.clear())
                        .as("%s at %s: %s", one, clock.now.atZone(one.zone()), found.reason())
                        .isEqualTo(one.allows(clock.now));
                clear += found.clear() ? 1 : 0;
                blocked += found.clear() ? 0 : 1;
            }
        }
        assertThat(clear).as("clear").isGreaterThan(CASES / 2);
        assertThat(blocked).as("blocked").isGreaterThan(CASES / 2);
    }

    @Test
    void the_first_slot_is_the_first_quarter_from_which_nothing_is_met_until_the_rollout_is_over() throws IOException {
        var random = new Random(20261130);
        var found = 0;
        for (var number = 0; number < CASES; number++) {
            var one = draw(random);
            clock.now = DAYS.get(random.nextInt(DAYS.size()))
                    .atStartOfDay(one.zone())
                    .toInstant()
                    .plus(Duration.ofMinutes(random.nextInt(2_000)));
            var release = release(one, number);

            var proposed = slots.of(release.id(), null, 1).slots();

            var expected = firstFree(one, clock.now);
            if (expected != null) {
                assertThat(proposed)
                        .as("%s from %s", one, clock.now.atZone(one.zone()))
                        .isNotEmpty();
                assertThat(proposed.get(0).start())
                        .as("%s from %s", one, clock.now)
                        .isEqualTo(expected);
                clock.now = expected;
                assertThat(checks.check(release.id()).reason()).isNull();
                found++;
            }
        }
        assertThat(found).isGreaterThan(CASES / 2);
    }

    /** @return null where there is none in four days, or a time is shown twice before */
    private static Instant firstFree(Case one, Instant now) {
        var quarter = Duration.ofMinutes(15);
        var start = Instant.ofEpochSecond((now.getEpochSecond() + 899) / 900 * 900);
        for (var at = start; at.isBefore(start.plus(Duration.ofDays(4))); at = at.plus(quarter)) {
            var from = at;
            if (one.isShownTwice(at)) {
                return null;
            }
            if (IntStream.range(0, 15).allMatch(minute -> one.allows(from.plusSeconds(60L * minute)))) {
                return at;
            }
        }
        return null;
    }

    private Release release(Case one, int number) throws IOException {
        service = service.replaceFirst("(-of-.*)?$", "-of-" + number);
        windows = new Windows(
                one.zone().getId(),
                one.hours().stream().map(Hours::text).toList(),
                List.of(calendar(one.freezes())),
                List.of(calendar(one.holidays())));
        return release("1.1.0");
    }

    private String calendar(List<Event> events) throws IOException {
        var file = directory.resolve(++files + ".ics");
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n");
        events.forEach(event -> text.append(event.text()));
        Files.writeString(file, text.append("END:VCALENDAR\r\n"));
        return file.toString();
    }

    private static Case draw(Random random) {
        var hours = new ArrayList<Hours>();
        for (var i = random.nextInt(3); i > 0; i--) {
            var from = LocalTime.of(random.nextInt(20), 15 * random.nextInt(4));
            hours.add(new Hours(
                    DayOfWeek.of(1 + random.nextInt(7)),
                    DayOfWeek.of(1 + random.nextInt(7)),
                    from,
                    from.plusMinutes(60 + 15L * random.nextInt(8))));
        }
        return new Case(
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                hours,
                events(random, random.nextInt(3)),
                events(random, random.nextInt(2)));
    }

    private static List<Event> events(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var day = DAYS.get(random.nextInt(DAYS.size())).plusDays(random.nextInt(8) - 2L);
                    var weekly = random.nextBoolean();
                    if (random.nextBoolean()) {
                        return new Event(day, 1 + random.nextInt(3), null, null, weekly);
                    }
                    // Not at hours that the clock skips: what such an event means is told elsewhere.
                    var from = LocalTime.of(5 + random.nextInt(15), 15 * random.nextInt(4));
                    return new Event(day, 1, from, from.plusMinutes(30 + 15L * random.nextInt(12)), weekly);
                })
                .toList();
    }
}

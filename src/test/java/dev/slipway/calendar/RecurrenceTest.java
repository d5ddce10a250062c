package dev.slipway.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of recurrence rules in RFC 5545, and rules drawn at random around changes of the clock, with what they
 * mean; see the resource's README.
 */
class RecurrenceTest {

    private static final ZoneId ELSEWHERE = ZoneId.of("Asia/Tokyo");

    record Case(String name, List<String> properties, Instant from, Instant to, List<Instant> starts) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_rule_means_what_the_standard_says(Case one) throws Exception {
        assertThat(starts(one, one.from(), one.to()))
                .as(String.join("\n", one.properties()))
                .isEqualTo(one.starts());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_look_at_the_second_half_finds_the_same(Case one) throws Exception {
        var middle = one.from().plus(Duration.between(one.from(), one.to()).dividedBy(2));

        assertThat(starts(one, middle, one.to()))
                .as(String.join("\n", one.properties()))
                .isEqualTo(one.starts().stream()
                        .filter(start -> start.plusSeconds(60).isAfter(middle))
                        .toList());
    }

    private static List<Instant> starts(Case one, Instant from, Instant to) throws Exception {
        var calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:one\r\n"
                + "DTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", one.properties())
                + "\r\nDURATION:PT1M\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        return Calendars.occurrences("case.ics", calendar.getBytes(StandardCharsets.UTF_8), ELSEWHERE, from, to)
                .stream()
                .map(CalendarEvent::from)
                .sorted()
                .toList();
    }

    static Stream<Case> cases() throws IOException {
        var text = Files.readString(Path.of("src/test/resources/recurrence/cases.txt"));
        return Arrays.stream(text.strip().split("\n\n")).map(RecurrenceTest::parsed);
    }

    private static Case parsed(String block) {
        var properties = new ArrayList<String>();
        var starts = new ArrayList<Instant>();
        var name = "";
        var range = new String[0];
        for (var line : block.split("\n")) {
            if (line.startsWith("# ")) {
                name = line.substring(2);
            } else if (line.startsWith("from ")) {
                range = line.split(" ");
            } else if (line.startsWith("=")) {
                Arrays.stream(line.substring(1).strip().split(" "))
                        .filter(start -> !start.isEmpty())
                        .map(Instant::parse)
                        .forEach(starts::add);
            } else {
                properties.add(line);
            }
        }
        return new Case(name, properties, Instant.parse(range[1]), Instant.parse(range[3]), starts);
    }
}

package dev.slipway.console;

import static dev.slipway.console.Html.escaped;

import dev.slipway.calendar.TimeSpan;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseLink;
import dev.slipway.window.Schedule;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** A month, or a week, of releases, freezes, holidays and allowed hours. */
@RestController
class CalendarPage {

    private static final String PATH = "/calendar";
    private static final String UTC = "UTC";
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;
    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    /** Such as 2026-W48. */
    private static final DateTimeFormatter WEEK = new DateTimeFormatterBuilder()
            .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
            .appendLiteral("-W")
            .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
            .parseDefaulting(ChronoField.DAY_OF_WEEK, 1)
            .toFormatter(Locale.ROOT);

    private final Schedule schedule;
    private final Clock clock;

    CalendarPage(Schedule schedule, Clock clock) {
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What is asked for, so that links keep it. */
    private record Wish(String service, String zone) {

        private String link(String name, Object value) {
            var link = UriComponentsBuilder.fromPath(PATH).queryParam(name, value.toString());
            if (service != null) {
                link.queryParam("service", service);
            }
            if (zone != null) {
                link.queryParam("zone", zone);
            }
            return escaped(link.encode().toUriString());
        }
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> show(
            @RequestParam(name = "month", required = false) String month,
            @RequestParam(name = "week", required = false) String week,
            @RequestParam(name = "service", required = false) String service,
            @RequestParam(name = "zone", required = false) String zone) {
        try {
            var wish = new Wish(blankIsNone(service), blankIsNone(zone));
            var own = zone(wish);
            return blankIsNone(week) == null
                    ? month(month(blankIsNone(month), own), wish, own)
                    : week(monday(week), wish, own);
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    // Month

    private ResponseEntity<String> month(YearMonth month, Wish wish, ZoneId zone) {
        var first = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var last = month.atEndOfMonth().with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        var content = content(first, last, wish, zone);
        var title = TITLE.format(month);
        return page(
                title,
                head(title, zone)
                        + ways(
                                link(
                                        wish.link("month", month.minusMonths(1)),
                                        "← " + TITLE.format(month.minusMonths(1))),
                                link(wish.link("month", month.plusMonths(1)), TITLE.format(month.plusMonths(1)) + " →"),
                                link(wish.link("week", weekOf(month, zone)), "Week by week"))
                        + choice("month", month.toString(), wish, zone)
                        + notes(content)
                        + grid(month, first, last, content, wish, zone)
                        + hours(content));
    }

    private String grid(
            YearMonth month, LocalDate first, LocalDate last, Schedule.Content content, Wish wish, ZoneId zone) {
        var head = Arrays.stream(DayOfWeek.values())
                .map(day -> "<th scope=\"col\">" + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "</th>")
                .collect(Collectors.joining());
        var rows = first.datesUntil(last.plusDays(1), Period.ofWeeks(1))
                .map(monday -> "<tr>"
                        + IntStream.range(0, 7)
                                .mapToObj(monday::plusDays)
                                .map(day -> cell(day, month, content, wish, zone))
                                .collect(Collectors.joining())
                        + "</tr>")
                .collect(Collectors.joining());
        return "<table class=\"month\"><caption>Releases, freezes and holidays in %s, times in %s</caption><thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
                .formatted(TITLE.format(month), escaped(zone.getId()), head, rows);
    }

    private String cell(LocalDate day, YearMonth month, Schedule.Content content, Wish wish, ZoneId zone) {
        var inMonth = YearMonth.from(day).equals(month);
        var kind = Stream.of(inMonth ? "" : "other", isToday(day, zone) ? "today" : "", closedClass(day, content, zone))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        return "<td%s><a class=\"day\" href=\"%s\"%s><time datetime=\"%s\">%d<span class=\"said\"> %s, week by week</span></time></a>%s</td>"
                .formatted(
                        kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                        wish.link("week", WEEK.format(day)),
                        isToday(day, zone) ? " aria-current=\"date\"" : "",
                        day,
                        day.getDayOfMonth(),
                        TITLE.format(day),
                        list(Stream.concat(closures(day, content, zone), windows(day, content, zone))
                                .toList()));
    }

    private static String closedClass(LocalDate day, Schedule.Content content, ZoneId zone) {
        return content.closures().stream().anyMatch(closure -> isOn(closure.time(), day, zone)) ? "closed" : "";
    }

    // Week

    private ResponseEntity<String> week(LocalDate monday, Wish wish, ZoneId zone) {
        var sunday = monday.plusDays(6);
        var content = content(monday, sunday, wish, zone);
        var title = "Week " + monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " of "
                + monday.get(IsoFields.WEEK_BASED_YEAR);
        var rows = monday.datesUntil(sunday.plusDays(1))
                .map(day -> row(day, content, zone))
                .collect(Collectors.joining());
        return page(
                title,
                head(title, zone)
                        + ways(
                                link(wish.link("week", WEEK.format(monday.minusWeeks(1))), "← Week before"),
                                link(wish.link("week", WEEK.format(monday.plusWeeks(1))), "Week after →"),
                                link(wish.link("month", YearMonth.from(monday.plusDays(3))), "The month"))
                        + choice("week", WEEK.format(monday), wish, zone)
                        + notes(content)
                        + ("<table class=\"week\"><caption>Releases, freezes, holidays and allowed hours in %s, times in %s</caption>"
                                        + "<thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Releases</th>"
                                        + "<th scope=\"col\">Freezes and holidays</th><th scope=\"col\">Allowed hours</th></tr></thead><tbody>%s</tbody></table>")
                                .formatted(title.toLowerCase(Locale.ROOT), escaped(zone.getId()), rows)
                        + hours(content));
    }

    private String row(LocalDate day, Schedule.Content content, ZoneId zone) {
        var kind = Stream.of(isToday(day, zone) ? "today" : "", closedClass(day, content, zone))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        return "<tr%s><th scope=\"row\"%s><time datetime=\"%s\">%s</time>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                        isToday(day, zone) ? " aria-current=\"date\"" : "",
                        day,
                        DAY.format(day),
                        isToday(day, zone) ? " (today)" : "",
                        orNone(list(windows(day, content, zone).toList())),
                        orNone(list(closures(day, content, zone).toList())),
                        orNone(list(allowed(day, content, zone).toList())));
    }

    /** @return the allowed hours of that day in the page's zone; services with the same hours together */
    private static Stream<String> allowed(LocalDate day, Schedule.Content content, ZoneId zone) {
        var services = new TreeMap<String, List<String>>();
        content.hours().forEach((service, hours) -> {
            var spans = hours.between(begin(day, zone), begin(day.plusDays(1), zone)).stream()
                    .map(span -> fromTo(span.from(), span.to(), day, zone))
                    .collect(Collectors.joining(", "));
            services.merge(
                    spans.isEmpty() ? "none" : spans,
                    List.of(service),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        });
        return services.entrySet().stream()
                .map(entry -> "<li>%s: %s</li>"
                        .formatted(escaped(entry.getKey()), escaped(String.join(", ", entry.getValue()))));
    }

    // Both

    private Schedule.Content content(LocalDate first, LocalDate last, Wish wish, ZoneId zone) {
        return schedule.between(begin(first, zone), begin(last.plusDays(1), zone), wish.service());
    }

    private static Stream<String> windows(LocalDate day, Schedule.Content content, ZoneId zone) {
        return content.windows().stream()
                .filter(window -> isOn(window.time(), day, zone))
                .map(window -> "<li class=\"%s\">%s <a href=\"%s\">%s</a> <small>%s</small></li>"
                        .formatted(
                                window.state().name().toLowerCase(Locale.ROOT),
                                fromTo(window.time().from(), window.time().to(), day, zone),
                                ReleaseLink.path(window.release()),
                                escaped(window.name()),
                                escaped(words(window))));
    }

    private static String words(Schedule.Window window) {
        return switch (window.state()) {
            case PLANNED -> window.owner();
            case RUNNING -> window.owner() + ", under way";
            case MISSED -> window.owner() + ", missed its window";
        };
    }

    private static Stream<String> closures(LocalDate day, Schedule.Content content, ZoneId zone) {
        var said = new HashSet<String>();
        return content.closures().stream()
                .filter(closure -> isOn(closure.time(), day, zone))
                .map(closure -> "<li class=\"%s\"><strong>%s:</strong> %s%s%s</li>"
                        .formatted(
                                closure.isFreeze() ? "freeze" : "holiday",
                                closure.isFreeze() ? "Freeze" : "Holiday",
                                escaped(closure.summary()),
                                part(closure, day, zone),
                                concerned(closure, content)))
                .filter(said::add);
    }

    /** @return the hours, where it is not the whole day */
    private static String part(Schedule.Closure closure, LocalDate day, ZoneId zone) {
        var whole = !closure.time().from().isAfter(begin(day, zone))
                && !closure.time().to().isBefore(begin(day.plusDays(1), zone));
        return whole ? "" : ", " + fromTo(closure.time().from(), closure.time().to(), day, zone);
    }

    /** @return the services, where it does not concern all that are shown */
    private static String concerned(Schedule.Closure closure, Schedule.Content content) {
        return closure.services().size() == content.hours().size()
                ? ""
                : " <small>" + escaped(String.join(", ", closure.services())) + "</small>";
    }

    private static String head(String title, ZoneId zone) {
        return "<h1>%s</h1><p>All times are in <strong>%s</strong>. Releases that are closed are not shown. <a href=\"/calendar.ics\">Subscribe</a></p>"
                .formatted(escaped(title), escaped(zone.getId()));
    }

    private static String ways(String... links) {
        return "<nav aria-label=\"Calendar\">" + String.join(" ", links) + "</nav>";
    }

    private static String link(String to, String text) {
        return "<a href=\"%s\">%s</a>".formatted(to, escaped(text));
    }

    private String choice(String name, String value, Wish wish, ZoneId zone) {
        var options = schedule.services().stream()
                .map(service -> "<option%s>%s</option>"
                        .formatted(service.equals(wish.service()) ? " selected" : "", escaped(service)))
                .collect(Collectors.joining());
        return """
                <form class="pick" method="get" action="%s"><input type="hidden" name="%s" value="%s">
                <label>Service <select name="service"><option value="">all</option>%s</select></label>
                <label>Time zone <input name="zone" value="%s"></label>
                <button>Show</button></form>""".formatted(PATH, name, escaped(value), options, escaped(zone.getId()));
    }

    private static String notes(Schedule.Content content) {
        return content.notes().stream()
                .map(note -> "<p class=\"note\" role=\"note\">" + escaped(note) + "</p>")
                .collect(Collectors.joining());
    }

    private static String hours(Schedule.Content content) {
        var rows = content.hours().entrySet().stream()
                .map(entry -> "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
                        .formatted(
                                escaped(entry.getKey()),
                                escaped(entry.getValue().inWords())))
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? "<p>There is no service yet.</p>"
                : "<h2>Hours in which services may be released</h2><table class=\"hours\"><thead><tr><th scope=\"col\">Service</th><th scope=\"col\">Hours</th></tr></thead><tbody>"
                        + rows + "</tbody></table>";
    }

    private static ResponseEntity<String> page(String title, String body) {
        return Html.page(HttpStatus.OK, title + " · Slipway", "wide calendar", body);
    }

    private static String list(List<String> items) {
        return items.isEmpty() ? "" : "<ul>" + String.join("", items) + "</ul>";
    }

    private static String orNone(String list) {
        return list.isEmpty() ? "none" : list;
    }

    // Times

    private static boolean isOn(TimeSpan time, LocalDate day, ZoneId zone) {
        return time.from().isBefore(begin(day.plusDays(1), zone)) && time.to().isAfter(begin(day, zone));
    }

    private static Instant begin(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private boolean isToday(LocalDate day, ZoneId zone) {
        return day.equals(LocalDate.ofInstant(clock.instant(), zone));
    }

    /** @return the part that is on that day */
    private static String fromTo(Instant from, Instant to, LocalDate day, ZoneId zone) {
        var begins = from.isBefore(begin(day, zone)) ? "00:00" : TIME.format(from.atZone(zone));
        var ends = to.isBefore(begin(day.plusDays(1), zone)) ? TIME.format(to.atZone(zone)) : "24:00";
        return begins + "–" + ends;
    }

    private String weekOf(YearMonth month, ZoneId zone) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        return WEEK.format(YearMonth.from(today).equals(month) ? today : month.atDay(1));
    }

    /** @return the zone that is asked for; else the one that all services shown have, or UTC */
    private ZoneId zone(Wish wish) {
        if (wish.zone() != null) {
            if (!ZoneId.getAvailableZoneIds().contains(wish.zone())) {
                throw new Refusal.BadInput(
                        "zone", "zone: " + wish.zone() + " is not a time zone such as Europe/Berlin.");
            }
            return ZoneId.of(wish.zone());
        }
        var zones = new HashSet<>(schedule.zones(wish.service()).values());
        return zones.size() == 1 ? zones.iterator().next() : ZoneId.of(UTC);
    }

    private YearMonth month(String text, ZoneId zone) {
        if (text == null) {
            return YearMonth.from(clock.instant().atZone(zone));
        }
        try {
            var month = YearMonth.parse(text);
            if (month.getYear() >= FIRST_YEAR && month.getYear() <= LAST_YEAR) {
                return month;
            }
        } catch (DateTimeParseException e) {
            // Refused below, as a year out of range is.
        }
        throw new Refusal.BadInput("month", "month: " + text + " is not a month such as 2026-11.");
    }

    private static LocalDate monday(String text) {
        try {
            var monday = LocalDate.parse(text, WEEK);
            if (monday.getYear() >= FIRST_YEAR && monday.getYear() <= LAST_YEAR) {
                return monday;
            }
        } catch (DateTimeException e) {
            // Refused below, as a year out of range is.
        }
        throw new Refusal.BadInput("week", "week: " + text + " is not a week such as 2026-W48.");
    }

    private static String blankIsNone(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}

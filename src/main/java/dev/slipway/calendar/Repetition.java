package dev.slipway.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.property.DateListProperty;
import net.fortuna.ical4j.model.property.RDate;

/**
 * When something repeats: RRULE and RDATE without EXRULE and EXDATE (RFC 5545, 3.8.5). Rules are worked out on the clock
 * on the wall of the first start, so that a change of the clock does not move what comes after it.
 */
final class Repetition {

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
    private static final String WEEK_START = "WKST=";
    private static final String UNTIL = "UNTIL=";

    private final WallTime first;
    private final List<Recur<LocalDateTime>> rules;
    private final List<Recur<LocalDateTime>> exceptRules;
    private final List<LocalDateTime> added;
    private final Map<LocalDateTime, Instant> periods;
    private final List<LocalDateTime> left;

    private Repetition(
            WallTime first,
            List<Recur<LocalDateTime>> rules,
            List<Recur<LocalDateTime>> exceptRules,
            List<LocalDateTime> added,
            Map<LocalDateTime, Instant> periods,
            List<LocalDateTime> left) {
        this.first = first;
        this.rules = rules;
        this.exceptRules = exceptRules;
        this.added = added;
        this.periods = periods;
        this.left = left;
    }

    /**
     * @param first its first start
     * @param own   of times that name no zone
     */
    static Repetition of(Component component, WallTime first, Zones zones, ZoneRules own) {
        return new Repetition(
                first,
                rules(component, Property.RRULE, first),
                rules(component, Property.EXRULE, first),
                dates(component, Property.RDATE, first, zones, own).toList(),
                periods(component, first, zones, own),
                dates(component, Property.EXDATE, first, zones, own).toList());
    }

    /** @return starts by the clock of the first, from {@code earliest} to {@code latest}, in order */
    List<WallTime> starts(LocalDateTime earliest, LocalDateTime latest) {
        var walls = new TreeSet<LocalDateTime>();
        walls.add(first.wall());
        walls.addAll(added);
        walls.addAll(periods.keySet());
        rules.forEach(rule -> walls.addAll(rule.getDates(first.wall(), earliest, latest)));
        exceptRules.forEach(rule -> walls.removeAll(rule.getDates(first.wall(), earliest, latest)));
        left.forEach(walls::remove);
        return walls.stream()
                .filter(wall -> !wall.isBefore(earliest) && !wall.isAfter(latest))
                .map(first::at)
                .toList();
    }

    /** @return when an occurrence is over that says so itself; empty where it is as long as the first */
    Optional<Instant> end(WallTime start) {
        return Optional.ofNullable(periods.get(start.wall()));
    }

    private static List<Recur<LocalDateTime>> rules(Component component, String property, WallTime first) {
        var rules = new ArrayList<Recur<LocalDateTime>>();
        for (var rule : component.getProperties(property)) {
            rules.add(new Recur<>(byTheClock(rule.getValue().toUpperCase(Locale.ROOT), first)));
        }
        return rules;
    }

    /** The library takes the week to begin as in the country of this machine where a rule does not say. */
    private static String byTheClock(String rule, WallTime first) {
        var parts = Arrays.stream(rule.split(";"))
                .map(part -> part.startsWith(UNTIL)
                        ? UNTIL + BASIC.format(until(part.substring(UNTIL.length()), first))
                        : part)
                .collect(Collectors.joining(";"));
        return rule.contains(WEEK_START) ? parts : parts + ";" + WEEK_START + "MO";
    }

    private static LocalDateTime until(String text, WallTime first) {
        if (text.endsWith("Z")) {
            var instant = LocalDateTime.parse(text.substring(0, text.length() - 1), BASIC)
                    .toInstant(ZoneOffset.UTC);
            return shown(instant, first);
        }
        if (text.contains("T")) {
            return LocalDateTime.parse(text, BASIC);
        }
        var day = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        // A day to which something with a time is repeated is wholly meant.
        return day.atTime(first.isDay() ? LocalTime.MIDNIGHT : LocalTime.MAX.withNano(0));
    }

    private static LocalDateTime shown(Instant at, WallTime first) {
        return LocalDateTime.ofInstant(at, first.rules().getOffset(at));
    }

    private static Map<LocalDateTime, Instant> periods(
            Component component, WallTime first, Zones zones, ZoneRules own) {
        var ends = new HashMap<LocalDateTime, Instant>();
        for (var property : component.<RDate<Temporal>>getProperties(Property.RDATE)) {
            for (var period : property.getPeriods().orElse(Set.of())) {
                var start = WallTime.of(property, period.getStart(), zones, own);
                ends.put(
                        first.shows(start),
                        WallTime.of(property, period.getEnd(), zones, own).instant());
            }
        }
        return ends;
    }

    private static Stream<LocalDateTime> dates(
            Component component, String name, WallTime first, Zones zones, ZoneRules own) {
        return component.<DateListProperty<Temporal>>getProperties(name).stream()
                .filter(property -> !isOfPeriods(property))
                .flatMap(property ->
                        property.getDates().stream().map(date -> first.shows(WallTime.of(property, date, zones, own))));
    }

    private static boolean isOfPeriods(Property property) {
        return property instanceof RDate<?> added && added.getPeriods().isPresent();
    }
}

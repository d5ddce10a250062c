package dev.slipway.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.property.DateProperty;

/**
 * The time zones that one calendar names: by Java's data those that Java knows, which is complete and kept up to date;
 * any other as the calendar itself describes it.
 */
final class Zones {

    private final Map<String, VTimeZone> described = new HashMap<>();
    private final Map<String, ZoneRules> known = new HashMap<>();
    private final Instant latest;

    /** @param latest to which moment described zones are needed */
    Zones(Calendar calendar, Instant latest) {
        this.latest = latest;
        for (var zone : calendar.<VTimeZone>getComponents(Component.VTIMEZONE)) {
            zone.getProperty(Property.TZID).ifPresent(id -> described.put(id.getValue(), zone));
        }
    }

    /** @throws IllegalArgumentException where neither Java nor the calendar knows it */
    ZoneRules named(String id) {
        return known.computeIfAbsent(id, this::find);
    }

    private ZoneRules find(String id) {
        // Some programs put themselves before the name, as in /example.org/20261129/Europe/Berlin.
        for (var name = id; ; name = name.substring(name.indexOf('/') + 1)) {
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name).getRules();
            }
            if (name.indexOf('/') < 0 || !id.startsWith("/")) {
                break;
            }
        }
        var zone = described.get(id);
        if (zone == null) {
            throw new IllegalArgumentException("the time zone " + id + " is not known");
        }
        return rules(zone);
    }

    private record Onset(LocalDateTime wall, ZoneOffset before, ZoneOffset after) {}

    private ZoneRules rules(VTimeZone zone) {
        var onsets = new ArrayList<Onset>();
        zone.getObservances().forEach(observance -> onsets.addAll(onsets(observance)));
        onsets.sort(Comparator.comparing(Onset::wall));
        if (onsets.isEmpty()) {
            throw new IllegalArgumentException("a time zone without STANDARD or DAYLIGHT");
        }
        var first = onsets.get(0).before();
        var offset = first;
        var transitions = new ArrayList<ZoneOffsetTransition>();
        for (var onset : onsets) {
            if (!onset.after().equals(offset)) {
                transitions.add(ZoneOffsetTransition.of(onset.wall(), offset, onset.after()));
                offset = onset.after();
            }
        }
        return ZoneRules.of(first, first, List.of(), transitions, List.of());
    }

    private List<Onset> onsets(Observance observance) {
        var before = offset(observance, Property.TZOFFSETFROM);
        var after = offset(observance, Property.TZOFFSETTO);
        var rules = before.getRules();
        var start = observance
                .<DateProperty<Temporal>>getProperty(Property.DTSTART)
                .map(date -> LocalDateTime.from(date.getDate()))
                .orElseThrow(() -> new IllegalArgumentException("a time zone without DTSTART"));
        var until = LocalDateTime.ofInstant(latest, ZoneOffset.UTC).plusYears(1);
        var walls = Repetition.of(observance, new WallTime(start, rules, false), this, rules)
                .starts(start, until);
        return walls.stream().map(time -> new Onset(time.wall(), before, after)).toList();
    }

    private static ZoneOffset offset(Observance observance, String property) {
        return observance
                .getProperty(property)
                .map(offset -> ZoneOffset.of(offset.getValue()))
                .orElseThrow(() -> new IllegalArgumentException("a time zone without " + property));
    }
}

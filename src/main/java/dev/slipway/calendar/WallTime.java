package dev.slipway.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.time.zone.ZoneRules;
import net.fortuna.ical4j.model.Parameter;
import net.fortuna.ical4j.model.Property;

/**
 * A time as a calendar writes it.
 *
 * @param wall  what the clock on the wall shows
 * @param rules when its zone changes the clock
 * @param isDay whether the whole day is meant
 */
record WallTime(LocalDateTime wall, ZoneRules rules, boolean isDay) {

    /**
     * @param property where it stands
     * @param own      of a time that names no zone, and of days
     * @throws IllegalArgumentException where it names a zone that is not known
     */
    static WallTime of(Property property, Temporal time, Zones zones, ZoneRules own) {
        if (time instanceof LocalDate day) {
            return new WallTime(day.atStartOfDay(), own, true);
        }
        if (time instanceof LocalDateTime wall) {
            var zone = property.<Parameter>getParameter(NamedZones.PARAMETER)
                    .map(Parameter::getValue)
                    .map(zones::named);
            return new WallTime(wall, zone.orElse(own), false);
        }
        var utc = LocalDateTime.ofInstant(Instant.from(time), ZoneOffset.UTC);
        return new WallTime(utc, ZoneOffset.UTC.getRules(), false);
    }

    /**
     * A time that the clock skips is meant as if it had not been changed, one that it shows twice is the first (RFC 5545,
     * 3.3.5). A day begins when its first moment does.
     */
    Instant instant() {
        var change = rules.getTransition(wall);
        return isDay && change != null && change.isGap() ? change.getInstant() : wall.toInstant(rules.getOffset(wall));
    }

    WallTime at(LocalDateTime other) {
        return new WallTime(other, rules, isDay);
    }

    /** @return what the same clock shows at that moment */
    LocalDateTime shows(WallTime other) {
        return other.rules.equals(rules)
                ? other.wall
                : LocalDateTime.ofInstant(other.instant(), rules.getOffset(other.instant()));
    }
}

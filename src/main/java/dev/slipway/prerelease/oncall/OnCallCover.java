package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Release;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Says who is on call in a stretch of time, and for which stretch a release needs somebody. */
@Component
public class OnCallCover {

    private final OnCallRota rota;

    OnCallCover(OnCallRota rota) {
        this.rota = rota;
    }

    /**
     * Reads the service's rota anew.
     *
     * @param definition of a service that names a calendar or people
     * @param from       before {@code to}
     * @throws UnreadableCalendar where the calendar can't be fetched or is none
     */
    public Cover between(ServiceDefinition definition, Instant from, Instant to) throws UnreadableCalendar {
        return new Cover(from, to, OnCallRota.zone(definition), rota.shifts(definition, from, to));
    }

    /**
     * @return who is on call from the booked start of the window, or from {@code now} where it is past or none is
     *     booked, to its booked end, or else as long as the steps of the rollout take, and on through the observation
     * @throws UnreadableCalendar where the calendar can't be fetched or is none
     */
    public Cover of(Release release, ServiceDefinition definition, Instant now) throws UnreadableCalendar {
        var booked = release.windowStart();
        var start = booked == null || booked.isBefore(now) ? now : booked;
        var rolledOut = start.plus(definition.rolloutTime());
        var end = release.windowEnd() == null || release.windowEnd().isBefore(start) ? rolledOut : release.windowEnd();
        return between(definition, start, end.plus(definition.observation().period()));
    }
}

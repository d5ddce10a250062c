package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Collector;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import dev.slipway.release.Release;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.stereotype.Component;

/** PRE-5: finds when nobody is on call from the window to the end of the observation. */
@Component
class OnCallCollector implements Collector {

    static final String GAPS = "onCallGaps";
    static final String PEOPLE = "onCallPeople";

    private final OnCallCover cover;
    private final Clock clock;

    OnCallCollector(OnCallCover cover, Clock clock) {
        this.cover = cover;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "on-call";
    }

    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return OnCallRota.isNamed(definition);
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        var found = read(release, definition);
        var findings = new ArrayList<Finding>();
        found.gaps().forEach(gap -> findings.add(finding(gap, found)));
        found.handOvers().forEach(handOver -> findings.add(finding(handOver, found)));
        found.shifts().forEach(shift -> findings.add(finding(shift, found)));
        var people = String.join(", ", found.people());
        return new Collected(
                summary(found, people), findings, Map.of(GAPS, found.gaps().size(), PEOPLE, people));
    }

    private Cover read(Release release, ServiceDefinition definition) {
        try {
            return cover.of(release, definition, clock.instant());
        } catch (UnreadableCalendar e) {
            throw new CollectorBroke(
                    e.getMessage() + ". Nobody knows who is on call: mend onCall.calendar of " + definition.service()
                            + ", or look it up.",
                    e);
        }
    }

    private static String summary(Cover found, String people) {
        var stretch = LocalTimes.stretch(found.from(), found.to(), found.zone());
        if (people.isEmpty()) {
            return "Nobody is on call " + stretch + ", the window and the observation.";
        }
        var gaps = found.gaps().size();
        return "On call " + stretch + ", the window and the observation: " + people + "."
                + (gaps == 0 ? "" : " With " + (gaps == 1 ? "a gap." : gaps + " gaps."));
    }

    private static Finding finding(Cover.Gap gap, Cover found) {
        return new Finding(
                "on-call-gap",
                Severity.BLOCKING,
                null,
                null,
                "Nobody is on call " + LocalTimes.stretch(gap.from(), gap.to(), found.zone()) + ".",
                "A release that goes wrong then would be noticed by nobody who can act.",
                "Who is on call then?",
                "Put somebody into the rota, or move the window.",
                null);
    }

    private static Finding finding(Cover.HandOver handOver, Cover found) {
        return new Finding(
                "on-call-hand-over",
                Severity.ASK,
                null,
                null,
                String.join(", ", handOver.leaving()) + " goes off call at "
                        + LocalTimes.time(handOver.at(), found.zone()) + " " + found.zone() + "; on call then: "
                        + String.join(", ", handOver.onCall()) + ".",
                "Who takes over in the middle of a release must know of it.",
                "Is the release handed over too, and to whom?",
                null,
                null);
    }

    private static Finding finding(Shift shift, Cover found) {
        return new Finding(
                "on-call-person",
                Severity.NOTE,
                null,
                null,
                shift.person() + " is on call " + LocalTimes.stretch(shift.from(), shift.to(), found.zone()) + ".",
                "It is obvious whom to call.",
                null,
                null,
                null);
    }
}

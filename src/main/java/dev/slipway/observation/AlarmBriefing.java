package dev.slipway.observation;

import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** For the review: what spoke against the release, and how often each of it has been wrong (LRN-1). */
@Component
class AlarmBriefing implements Briefing {

    private final FalseAlarms alarms;
    private final Releases releases;

    AlarmBriefing(FalseAlarms alarms, Releases releases) {
        this.alarms = alarms;
        this.releases = releases;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("answer-review", "agree-on-checks");
    }

    @Override
    public String about(ReleaseId id, String task) {
        var all = alarms.of(id);
        if (all.isEmpty()) {
            return "";
        }
        var service = releases.get(id).service();
        return "What spoke against the release:\n\n| alarm | about | false so far |\n|---|---|---|\n"
                + all.stream().map(alarm -> row(id, service, alarm)).collect(Collectors.joining("\n"));
    }

    private String row(ReleaseId id, String service, FalseAlarms.Alarm alarm) {
        return MeasurementTables.row(
                alarm.called() + (alarms.isMarked(id, alarm) ? " (marked as false)" : ""),
                alarm.detail().isEmpty() ? alarm.source().name().toLowerCase(Locale.ROOT) : alarm.detail(),
                alarms.rate(service, alarm.source(), alarm.name())
                        .map(FalseAlarms.Rate::inWords)
                        .orElse("–"));
    }
}

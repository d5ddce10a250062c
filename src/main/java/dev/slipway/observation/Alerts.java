package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.AlertRule;
import dev.slipway.catalog.ServiceDefinition.Consequence;
import dev.slipway.release.Actor;
import dev.slipway.release.FirstFound;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hears alerts from outside and finds the running releases that they speak against (OBS-5). An alert that is sent
 * again does nothing twice; one that the diagram could not hear at that moment is told again when it is repeated.
 */
@Service
public class Alerts {

    static final String SERVICE = "service";
    static final String VERSION = "version";
    private static final Actor ALERTMANAGER = Actor.machine("alertmanager");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SIGNAL = 3_900;
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final ReleaseFlow flow;
    private final Timeline timeline;
    private final AlertTable table;
    private final Clock clock;

    Alerts(
            Releases releases,
            ServiceCatalog catalog,
            ReleaseFlow flow,
            Timeline timeline,
            AlertTable table,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.flow = flow;
        this.timeline = timeline;
        this.table = table;
        this.clock = clock;
    }

    /**
     * One alert.
     *
     * @param firing      false where it is resolved
     * @param fingerprint of its labels; null where it came without one
     * @param startsAt    when it began
     * @param labels      such as {@code alertname} and {@code service}
     * @param summary     what people read; may be null
     */
    public record Alert(
            boolean firing, String fingerprint, Instant startsAt, Map<String, String> labels, String summary) {

        public Alert {
            labels = Map.copyOf(labels);
        }

        String name() {
            var name = labels.getOrDefault("alertname", "unnamed alert");
            return name.substring(0, Math.min(name.length(), LONGEST_NAME));
        }

        String key() {
            return SameText.hash(fingerprint == null ? new TreeMap<>(labels).toString() : fingerprint);
        }

        /** @return databases keep no more than microseconds */
        Instant began() {
            return startsAt.truncatedTo(ChronoUnit.MICROS);
        }

        String inWords() {
            return name() + (summary == null || summary.isBlank() ? "" : ": " + summary.strip());
        }

        String listed() {
            return new TreeMap<>(labels)
                    .entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining("\n"));
        }
    }

    /**
     * What became of some alerts.
     *
     * @param alerts  how many there were
     * @param matched how many of them concern a release that is running, or was when they fired
     * @param heard   how many a release reacts to now
     */
    public record Received(int alerts, int matched, int heard) {}

    @Transactional
    public Received receive(List<Alert> alerts) {
        var matched = 0;
        var heard = 0;
        for (var alert : alerts) {
            var effect = alert.firing() ? fired(alert) : resolved(alert);
            if (effect.met == 0) {
                LOG.debug("Alert {} concerns no running release.", alert.name());
            } else {
                matched++;
            }
            heard += effect.heard > 0 ? 1 : 0;
        }
        return new Received(alerts.size(), matched, heard);
    }

    private record Effect(int met, int heard) {}

    private Effect fired(Alert alert) {
        var met = 0;
        var heard = 0;
        for (var release : releases.running(alert.labels().get(SERVICE))) {
            var consequence = consequence(alert, release);
            if (consequence.isPresent()) {
                met++;
                heard += tell(alert, release, consequence.get()) ? 1 : 0;
            }
        }
        return new Effect(met, heard);
    }

    private Effect resolved(Alert alert) {
        var met = table.resolve(alert.key(), alert.began(), clock.instant());
        met.forEach(release -> timeline.record(release, ALERTMANAGER, "Alert resolved: " + alert.inWords()));
        return new Effect(met.size(), 0);
    }

    /** @return empty where the alert does not concern the release */
    private Optional<Consequence> consequence(Alert alert, Release release) {
        var version = alert.labels().get(VERSION);
        if (version != null && !version.equals(release.version())) {
            return Optional.empty();
        }
        var said = rule(alert, catalog.pinned(release.definitionId())).map(AlertRule::then);
        return said.isPresent() || !alert.labels().containsKey(SERVICE) ? said : Optional.of(Consequence.ASK);
    }

    private static Optional<AlertRule> rule(Alert alert, ServiceDefinition definition) {
        return definition.alerts().stream()
                .filter(rule ->
                        alert.labels().entrySet().containsAll(rule.match().entrySet()))
                .findFirst();
    }

    private boolean tell(Alert alert, Release release, Consequence consequence) {
        // Two nodes may hear the same alert at the same moment.
        releases.hold(release.id());
        var known = table.known(release.id(), alert.key(), alert.began());
        var before = alert.startsAt().isBefore(release.firstTrafficAt());
        if (known == AlertTable.Known.NEW) {
            table.add(release.id(), alert.key(), alert.began(), alert.name(), clock.instant());
            timeline.record(
                    release.id(),
                    ALERTMANAGER,
                    (before ? "Alert was firing before the release already: " : FirstFound.ALERTED + ": ")
                            + alert.inWords(),
                    alert.listed());
        }
        if (known == AlertTable.Known.HEARD || before) {
            return false;
        }
        var heard = flow.tell(
                release.id(),
                ReleaseFlow.Event.ALERT_FIRED,
                Signal.of(shortened(FirstFound.ALERTED + ": " + alert.inWords()), consequence == Consequence.FAIL));
        if (heard) {
            table.heard(release.id(), alert.key(), alert.began());
        }
        return heard;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SIGNAL ? text : text.substring(0, LONGEST_SIGNAL - 1) + "…";
    }
}

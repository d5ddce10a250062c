package dev.slipway.observation;

import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The verdict at the end of a stage. */
@Service
class StageEnd {

    private static final int PAUSE_MILLIS = 50;

    private final Watches watches;
    private final Looks looks;
    private final Sources sources;
    private final MeasurementTable table;
    private final Charts charts;
    private final Timeline timeline;
    private final ObservationProperties properties;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    StageEnd(
            Watches watches,
            Looks looks,
            Sources sources,
            MeasurementTable table,
            Charts charts,
            Timeline timeline,
            ObservationProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.watches = watches;
        this.looks = looks;
        this.sources = sources;
        this.table = table;
        this.charts = charts;
        this.timeline = timeline;
        this.properties = properties;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Judges the stage over all its looks, with one more where {@link Watch#isDueAtEnd it needs one}.
     *
     * @throws IllegalStateException where the release is not watched
     */
    ReleaseVerdict judge(ReleaseId release) {
        var watch = watched(release);
        var verdict = isMine(watch) ? lookOnceMore(watched(release)) : endOf(watched(release));
        timeline.record(
                release,
                Actor.machine("watcher"),
                "Verdict of " + watch.stage() + ": " + verdict.verdict() + ". " + verdict.reason(),
                charts.evidence(release, verdict));
        return verdict;
    }

    /** @return whether the stage should be extended by itself: once, and only where waiting may settle the doubt */
    boolean isWorthMoreData(ReleaseId release, ReleaseVerdict verdict) {
        return verdict.moreDataHelps() && watched(release).extensions() == 0;
    }

    private ReleaseVerdict lookOnceMore(Watch watch) {
        if (watch.hasFailed()) {
            return endOf(watch);
        }
        var taken = looks.take(watch, table.of(watch.release()), true, sources.round(now()))
                .join();
        var verdict = taken.verdict();
        table.add(taken.measured());
        watches.looked(new Watches.Looked(
                watch,
                taken.at(),
                verdict.verdict(),
                verdict.reason(),
                watch.grid().after(taken.at())));
        return verdict;
    }

    private ReleaseVerdict endOf(Watch watch) {
        return watch.hasFailed()
                ? new ReleaseVerdict(Verdict.FAIL, watch.reason(), List.of())
                : looks.judgeEnd(watch, table.of(watch.release()));
    }

    /** Waits for a look that is under way, so that one moment does not count twice. */
    private boolean isMine(Watch found) {
        var watch = found;
        for (var waited = 0L; !watch.hasFailed() && watch.isDueAtEnd(now()); waited += PAUSE_MILLIS) {
            if (Boolean.TRUE.equals(ownTransaction.execute(status -> claim(found.release())))) {
                return true;
            }
            if (waited > properties.timeout().toMillis()) {
                return false;
            }
            pause();
            watch = watched(found.release());
        }
        return false;
    }

    private boolean claim(ReleaseId release) {
        var now = now();
        return watches.claim(release, now, now.plus(properties.timeout().multipliedBy(2)));
    }

    private Watch watched(ReleaseId release) {
        return watches.find(release).orElseThrow(() -> new IllegalStateException(release + " is not watched"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a look was under way", e);
        }
    }
}

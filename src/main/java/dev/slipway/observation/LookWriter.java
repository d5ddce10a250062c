package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what looks brought. Whatever is finished while a transaction runs shares the next one, so that a thousand looks
 * a second are no thousand transactions; where one of them can't be written, each is tried by itself.
 */
@Component
class LookWriter implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(LookWriter.class);
    private static final int MOST_TOGETHER = 500;
    private static final int SINGLE_WRITERS = 2;
    private static final int IDLE_SECONDS = 10;

    private record Pending(Watch watch, Looks.Taken taken, CompletableFuture<Boolean> written) {

        Watches.Looked looked() {
            var verdict = taken.verdict();
            return new Watches.Looked(
                    watch,
                    taken.at(),
                    verdict.verdict(),
                    verdict.reason(),
                    watch.grid().after(taken.at()));
        }

        boolean failsForTheFirstTime() {
            return taken.verdict().verdict() == Verdict.FAIL && !watch.hasFailed();
        }
    }

    private final Watches watches;
    private final MeasurementTable table;
    private final Timeline timeline;
    private final Charts charts;
    private final TransactionTemplate transaction;
    private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();
    private final ExecutorService together = newWriters(1);
    private final ExecutorService single = newWriters(SINGLE_WRITERS);

    LookWriter(
            Watches watches,
            MeasurementTable table,
            Timeline timeline,
            Charts charts,
            TransactionTemplate transaction) {
        this.watches = watches;
        this.table = table;
        this.timeline = timeline;
        this.charts = charts;
        this.transaction = transaction;
    }

    /**
     * @return completes when the look is in the database: with false where the release is no longer watched, or somebody
     *     looked at it at that time or later; exceptionally where the database refused
     */
    CompletableFuture<Boolean> write(Watch watch, Looks.Taken taken) {
        var look = new Pending(watch, taken, new CompletableFuture<>());
        if (watches.skipsLocked()) {
            pending.add(look);
            together.execute(this::writePending);
        } else {
            single.execute(() -> writeAlone(look));
        }
        return look.written();
    }

    private void writePending() {
        var looks = new ArrayList<Pending>();
        pending.drainTo(looks, MOST_TOGETHER);
        if (looks.isEmpty()) {
            return;
        }
        var left = new ArrayList<>(looks);
        try {
            var written = transaction.execute(status -> writeTogether(looks));
            left.removeAll(written);
            written.forEach(look -> look.written().complete(true));
        } catch (RuntimeException e) {
            LOG.warn("{} looks could not be written together; each is tried by itself", looks.size(), e);
        }
        left.forEach(look -> single.execute(() -> writeAlone(look)));
    }

    private List<Pending> writeTogether(List<Pending> looks) {
        var kept = new HashSet<>(
                watches.lookedTogether(looks.stream().map(Pending::looked).toList()));
        var written =
                looks.stream().filter(look -> kept.contains(look.looked())).toList();
        addMeasurements(written);
        return written;
    }

    private void writeAlone(Pending look) {
        try {
            look.written().complete(transaction.execute(status -> {
                var isKept = watches.looked(look.looked());
                if (isKept) {
                    addMeasurements(List.of(look));
                }
                return isKept;
            }));
        } catch (RuntimeException e) {
            look.written().completeExceptionally(e);
        }
    }

    private void addMeasurements(List<Pending> looks) {
        table.add(
                looks.stream().flatMap(look -> look.taken().measured().stream()).toList());
        looks.stream().filter(Pending::failsForTheFirstTime).forEach(this::recordFailure);
    }

    private void recordFailure(Pending look) {
        var verdict = look.taken().verdict();
        timeline.record(
                look.watch().release(),
                Actor.machine("watcher"),
                "Verdict FAIL in " + look.watch().stage() + ": " + verdict.reason(),
                charts.evidence(look.watch().release(), verdict));
    }

    @Override
    public void destroy() {
        together.shutdown();
        single.shutdown();
    }

    private static ExecutorService newWriters(int count) {
        var writers = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, "watcher-writer");
                    thread.setDaemon(true);
                    return thread;
                });
        writers.allowCoreThreadTimeOut(true);
        return writers;
    }
}

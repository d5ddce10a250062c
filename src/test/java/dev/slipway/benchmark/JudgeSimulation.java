package dev.slipway.benchmark;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.Metrics;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.Past;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Simulated releases: failed requests of all requests as counts, and a latency whose logarithm is normal noise around
 * its level, autocorrelated by {@code correlation} from one look to the next. Both are critical and compared with the
 * 60 values before the release, as the method is documented.
 *
 * @param requests    a look; the expected number
 * @param failing     share of requests that fail when all is well
 * @param spread      standard deviation of ln latency
 * @param correlation of two looks that follow each other; 0 to below 1
 * @param history     how many values from before those 60 are known
 * @param harm        what the release does
 */
record JudgeSimulation(double requests, double failing, double spread, double correlation, int history, Harm harm) {

    private static final int BEFORE = 60;
    static final int LOOKS = 60;

    /**
     * What a release does to its service.
     *
     * @param more  failing requests, as a share of all
     * @param times the latency
     */
    record Harm(String name, double more, double times) {
        static final Harm NONE = new Harm("none", 0, 1);
    }

    /**
     * What was said about simulated releases.
     *
     * @param failed share that failed
     * @param asked  share that ended inconclusive
     * @param median look of those that failed; 0 where none did
     */
    record Outcome(double failed, double asked, int median) {}

    Outcome run(int releases, long seed) {
        var judge = new Judge(0.05);
        var random = new Random(seed);
        var failedAt = new ArrayList<Integer>();
        var asked = 0;
        for (var release = 0; release < releases; release++) {
            var verdict = one(judge, random, failedAt);
            asked += verdict == Verdict.INCONCLUSIVE ? 1 : 0;
        }
        failedAt.sort(null);
        return new Outcome(
                failedAt.size() / (double) releases,
                asked / (double) releases,
                failedAt.isEmpty() ? 0 : failedAt.get(failedAt.size() / 2));
    }

    private Verdict one(Judge judge, Random random, List<Integer> failedAt) {
        var noise = new Noise(random);
        var earlier = new ArrayList<Past.Point>();
        for (var i = 0; i < history; i++) {
            earlier.add(new Past.Point(Instant.EPOCH.plusSeconds(i), 0.1 * noise.next()));
        }
        var past = Past.of(List.of(), earlier);
        var before = new ArrayList<Sample>();
        var latencyBefore = new ArrayList<Sample>();
        for (var i = 0; i < BEFORE; i++) {
            before.add(share(random, failing));
            latencyBefore.add(Sample.value(0.1 * noise.next(), null, false));
        }
        var shares = new ArrayList<Sample>();
        var latencies = new ArrayList<Sample>();
        var failed = Metrics.failedShare(CompareWith.BEFORE);
        var latency = Metrics.metric("latency", MetricKind.LATENCY, null, CompareWith.BEFORE);
        for (var look = 1; look <= LOOKS; look++) {
            shares.add(share(random, failing + harm.more()));
            latencies.add(Sample.value(0.1 * noise.next() * harm.times(), null, false));
            var verdict = judge.judge(
                            List.of(
                                    new MetricSeries(failed, shares, before, Past.NONE),
                                    new MetricSeries(latency, latencies, latencyBefore, past)),
                            new Look(look, LOOKS, 0, look == LOOKS))
                    .verdict();
            if (verdict == Verdict.FAIL) {
                failedAt.add(look);
            }
            if (verdict == Verdict.FAIL || look == LOOKS) {
                return verdict;
            }
        }
        throw new IllegalStateException("the last look always returns");
    }

    private Sample share(Random random, double probability) {
        var total = poisson(random, requests);
        return Sample.share(Math.min(total, poisson(random, total * probability)), total, Instant.EPOCH);
    }

    private final class Noise {

        private final Random random;
        private double state;

        private Noise(Random random) {
            this.random = random;
            this.state = random.nextGaussian();
        }

        private double next() {
            state = correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            return Math.exp(spread * state);
        }
    }

    /** Knuth's method below 30, the normal approximation from there on. */
    private static double poisson(Random random, double mean) {
        if (mean > 30) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        var limit = Math.exp(-mean);
        var product = random.nextDouble();
        var count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}

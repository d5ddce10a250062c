package dev.slipway.observation.judge;

import static dev.slipway.observation.judge.Verdict.FAIL;
import static dev.slipway.observation.judge.Verdict.INCONCLUSIVE;
import static dev.slipway.observation.judge.Verdict.PASS;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says PASS, FAIL or INCONCLUSIVE about a release at every look, and why.
 *
 * <p>Absolute limits come first: a metric fails when two of its last three looks are beyond one, or one where the
 * metric is immediate; a look that rests on fewer requests than agreed never counts. Then comparisons: a metric fails
 * when "not worse than tolerated" is refuted by a one-sided test (see {@link GaugeComparison} and
 * {@link CountComparison}), at a level that is spent over the planned looks (see {@link Look}) and shared by the critical
 * metrics (Holm). No data and a source that does not answer are never a
 * PASS.
 *
 * <p>At the end of a stage a comparison that can't rule out harm that matters makes the verdict INCONCLUSIVE where the
 * best estimate of the harm lies beyond what is tolerated, or where there were too few values to rule anything out and
 * the metric has no absolute limit. So a short stage that looks healthy passes on its absolute limits.
 *
 * <p>A metric that is not critical makes a verdict INCONCLUSIVE, unless it has a witness: a critical metric whose best
 * estimate lies beyond the harm that matters, or others that are refuted too, at least two that weigh more than half of
 * all that are not critical. One on a dry run never changes the verdict. That FAIL
 * stays FAIL is up to the caller, who remembers it.
 */
public final class Judge {

    private static final String TOO_FEW = "too few requests to say";
    private static final String BEYOND_ONCE = "beyond its limit once";
    private static final String DOUBTFUL = "may be worse than the baseline";

    /** Names of the rules whose doubt more looks may settle. */
    private static final Set<String> RESOLVED_BY_TIME = Set.of(TOO_FEW, BEYOND_ONCE, DOUBTFUL);

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "above its absolute ceiling",
                    FAIL,
                    Seen::above,
                    seen -> "is "
                            + seen.inWords(worst(seen, true)) + ", above its absolute ceiling of "
                            + seen.inWords(seen.metric().failAbove())),
            new Rule(
                    "below its absolute floor",
                    FAIL,
                    Seen::below,
                    seen -> "is "
                            + seen.inWords(worst(seen, false)) + ", below its absolute floor of "
                            + seen.inWords(seen.metric().failBelow())),
            new Rule(
                    "no data",
                    FAIL,
                    seen -> seen.metric().onNoData() == OnNoData.FAIL && seen.missing(),
                    seen -> "has no data, which counts as a failure"),
            new Rule(
                    "worse than the baseline",
                    FAIL,
                    Seen::refuted,
                    seen -> "is worse than " + comparedWith(seen) + ": " + values(seen)
                            + (seen.witness() == null ? "" : ", and so is " + seen.witness())),
            new Rule(
                    "source did not answer",
                    INCONCLUSIVE,
                    Seen::broken,
                    seen -> "could not be read: " + reason(seen, Sample.Kind.BROKEN)),
            new Rule(
                    "no data", INCONCLUSIVE, Seen::noData, seen -> "has no data: " + reason(seen, Sample.Kind.NO_DATA)),
            new Rule(
                    TOO_FEW, INCONCLUSIVE, Seen::tooFew, seen -> "rests on too few requests to say: " + requests(seen)),
            new Rule(
                    BEYOND_ONCE,
                    INCONCLUSIVE,
                    Seen::beyondOnce,
                    seen -> "is " + seen.inWords(seen.latest().value()) + ", beyond its limit (" + seen.threshold()
                            + ") in one look so far"),
            new Rule(
                    DOUBTFUL,
                    INCONCLUSIVE,
                    Seen::doubtful,
                    seen -> "may be worse than " + comparedWith(seen) + ": " + values(seen)),
            new Rule(
                    "no baseline to compare with",
                    INCONCLUSIVE,
                    Seen::hasNothingToCompareWith,
                    seen -> "has no limit of its own and nothing to compare it with"),
            new Rule("inside its limits", PASS, seen -> true, seen -> "is inside its limits: " + values(seen)));

    private final double alpha;

    /** @param alpha the probability that a release without harm fails by comparison; above 0, below 1 */
    public Judge(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha lies between 0 and 1, not at " + alpha);
        }
        this.alpha = alpha;
    }

    /** @param metrics of one stage; with none that decides the verdict is INCONCLUSIVE: no data is no pass */
    public ReleaseVerdict judge(List<MetricSeries> metrics, Look look) {
        var levels = new Comparison.Levels(look.level(alpha), look.flatLevel(alpha), alpha);
        var comparisons =
                metrics.stream().map(series -> compare(series, levels)).toList();
        var refuted = refuted(metrics, comparisons, levels.level());
        var verdicts = new ArrayList<MetricVerdict>();
        var whole = PASS;
        var reasons = new ArrayList<MetricVerdict>();
        for (var i = 0; i < metrics.size(); i++) {
            var series = metrics.get(i);
            var verdict = judge(new Seen(
                    series.metric(),
                    series.samples(),
                    comparisons.get(i),
                    refuted.contains(i),
                    witness(i, metrics, comparisons, refuted),
                    look.last(),
                    look.extensions() == 0 ? Integer.MAX_VALUE : look.number()));
            verdicts.add(verdict);
            if (!series.metric().dryRun() && !isUnknown(series)) {
                whole = whole.or(verdict.verdict());
                reasons.add(verdict);
            }
        }
        if (reasons.isEmpty()) {
            return new ReleaseVerdict(INCONCLUSIVE, "No metric decides about this service.", verdicts);
        }
        var decided = whole;
        var reason = reasons.stream()
                .filter(verdict -> decided != PASS && verdict.verdict() == decided)
                .map(MetricVerdict::words)
                .collect(Collectors.joining(" "));
        return new ReleaseVerdict(
                whole,
                reason.isEmpty() ? "All metrics are inside their limits." : reason,
                verdicts,
                whole == INCONCLUSIVE
                        && reasons.stream()
                                .filter(verdict -> verdict.verdict() == INCONCLUSIVE)
                                .allMatch(verdict -> RESOLVED_BY_TIME.contains(verdict.rule())));
    }

    private static MetricVerdict judge(Seen seen) {
        var rule = RULES.stream()
                .filter(candidate -> candidate.applies().test(seen))
                .findFirst()
                .orElseThrow();
        var metric = seen.metric();
        var advisory = !metric.critical() && rule.verdict() == FAIL && !(seen.refuted() && seen.witness() != null);
        var latest = seen.latest();
        return new MetricVerdict(
                metric.name(),
                advisory ? INCONCLUSIVE : rule.verdict(),
                rule.name(),
                metric.name() + " " + rule.words().apply(seen) + (advisory ? " (not critical)" : "") + ".",
                latest == null ? null : latest.value(),
                seen.comparison() == null ? null : seen.comparison().baselineMedian(),
                seen.threshold(),
                seen.comparison() == null ? null : seen.comparison().effect(),
                seen.comparison() == null ? null : seen.comparison().p(),
                seen.comparison() == null ? null : seen.comparison().basis());
    }

    private static Comparison compare(MetricSeries series, Comparison.Levels levels) {
        if (series.metric().compareWith() == CompareWith.NONE) {
            return null;
        }
        var seen = new Seen(series.metric(), series.samples(), null, false, null, false, Integer.MAX_VALUE);
        return Comparison.of(series, seen.comparable(), levels);
    }

    /** Critical metrics share the level of this look; the others share it a second time, since they only ask. */
    private static Set<Integer> refuted(List<MetricSeries> metrics, List<Comparison> comparisons, double level) {
        var refuted = new HashSet<Integer>();
        if (level <= 0) {
            return refuted;
        }
        for (var critical : List.of(true, false)) {
            var family = IntStream.range(0, metrics.size())
                    .filter(i -> comparisons.get(i) != null)
                    .filter(i -> !metrics.get(i).metric().dryRun()
                            && metrics.get(i).metric().critical() == critical)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> comparisons.get(i).p()))
                    .toList();
            for (var rank = 0; rank < family.size(); rank++) {
                if (comparisons.get(family.get(rank)).p() > level / (family.size() - rank)) {
                    break;
                }
                refuted.add(family.get(rank));
            }
        }
        return refuted;
    }

    /** A metric that is not critical and had no value before either is not there: nobody is asked about it. */
    private static boolean isUnknown(MetricSeries series) {
        return !series.metric().critical()
                && series.metric().compareWith() != CompareWith.NONE
                && series.baseline().isEmpty()
                && series.samples().stream().allMatch(sample -> sample.kind() == Sample.Kind.NO_DATA);
    }

    /** @return what makes this metric fail although it is not critical; null where nothing does */
    private static String witness(
            int index, List<MetricSeries> metrics, List<Comparison> comparisons, Set<Integer> refuted) {
        var metric = metrics.get(index).metric();
        if (metric.critical() || metric.dryRun() || !refuted.contains(index)) {
            return null;
        }
        for (var i = 0; i < metrics.size(); i++) {
            var other = metrics.get(i).metric();
            if (other.critical()
                    && !other.dryRun()
                    && comparisons.get(i) != null
                    && comparisons.get(i).harmful()) {
                return other.name();
            }
        }
        var advisory = IntStream.range(0, metrics.size())
                .filter(i -> !metrics.get(i).metric().critical()
                        && !metrics.get(i).metric().dryRun())
                .boxed()
                .toList();
        var worse = advisory.stream().filter(refuted::contains).toList();
        if (worse.size() < 2 || weight(worse, metrics) * 2 <= weight(advisory, metrics)) {
            return null;
        }
        return worse.stream()
                .filter(i -> i != index)
                .map(i -> metrics.get(i).metric().name())
                .collect(Collectors.joining(" and "));
    }

    private static double weight(List<Integer> indexes, List<MetricSeries> metrics) {
        return indexes.stream()
                .mapToDouble(i -> metrics.get(i).metric().weight())
                .sum();
    }

    // Words

    private static Double worst(Seen seen, boolean highest) {
        var recent = seen
                .samples()
                .subList(Math.max(0, seen.samples().size() - 3), seen.samples().size())
                .stream()
                .map(Sample::value)
                .filter(value -> value != null);
        return (highest ? recent.max(Double::compare) : recent.min(Double::compare)).orElse(null);
    }

    private static String comparedWith(Seen seen) {
        return seen.metric().compareWith() == CompareWith.BEFORE ? "before the release" : "the serving version";
    }

    private static String values(Seen seen) {
        var latest = seen.latest();
        var value = seen.inWords(latest == null ? null : latest.value());
        var comparison = seen.comparison();
        return comparison == null
                ? value
                : value + " against " + seen.inWords(comparison.baselineMedian()) + ", "
                        + comparison.effect().inWords(seen.metric()) + "; " + comparison.basis();
    }

    private static String requests(Seen seen) {
        var needed = Seen.number(seen.metric().minimumSample());
        if (seen.enoughNow()) {
            return "in too many looks fewer than the " + needed + " that are needed";
        }
        var latest = seen.latest();
        var size = latest == null || latest.size() == null ? "an unknown number" : Seen.number(latest.size());
        return size + " where " + needed + " are needed";
    }

    private static String reason(Seen seen, Sample.Kind kind) {
        var samples = seen.samples();
        for (var i = samples.size() - 1; i >= 0; i--) {
            if (samples.get(i).kind() == kind) {
                return samples.get(i).why();
            }
        }
        return "nothing was looked at";
    }
}

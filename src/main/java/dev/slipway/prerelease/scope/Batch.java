package dev.slipway.prerelease.scope;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Median;

/**
 * How large a release is beside the releases of the same service before it.
 *
 * @param known        whether there are enough earlier releases to compare with
 * @param commits      of this release, without merges
 * @param lines        added and deleted, of this release
 * @param usualCommits the median of the earlier ones; 0 where not known
 * @param usualLines   the median of the earlier ones; 0 where not known
 * @param ratio        lines beside the usual lines; 1.0 where not known
 * @param percentile   how many per cent of the earlier ones were at most as large, 0 to 100; 0 where not known
 * @param releases     how many earlier releases it was compared with
 */
public record Batch(
        boolean known,
        int commits,
        long lines,
        double usualCommits,
        double usualLines,
        double ratio,
        int percentile,
        int releases) {

    private static final int FEWEST = 3;
    private static final double LARGE = 3;
    private static final int RARE = 90;

    /**
     * @param commits without merges
     * @param lines   added and deleted
     */
    record Size(int commits, long lines) {}

    static Batch of(Size own, List<Size> earlier) {
        if (earlier.size() < FEWEST) {
            return new Batch(false, own.commits(), own.lines(), 0, 0, 1.0, 0, earlier.size());
        }
        var usualCommits = Median.withDefaults()
                .evaluate(earlier.stream().mapToDouble(Size::commits).toArray());
        var usualLines = Median.withDefaults()
                .evaluate(earlier.stream().mapToDouble(Size::lines).toArray());
        var smaller =
                earlier.stream().filter(size -> size.lines() <= own.lines()).count();
        return new Batch(
                true,
                own.commits(),
                own.lines(),
                usualCommits,
                usualLines,
                own.lines() / Math.max(1, usualLines),
                (int) (100 * smaller / earlier.size()),
                earlier.size());
    }

    /** @return whether a person should think about its size */
    boolean isLarge() {
        return known && ratio >= LARGE && percentile >= RARE;
    }

    /** @return one sentence */
    public String inWords() {
        if (!known) {
            return "No history to compare its size with: %d earlier releases are tagged, %d are needed."
                    .formatted(releases, FEWEST);
        }
        return String.format(
                Locale.ROOT,
                "%d changed lines are %.1f times the usual %.0f (median of %d earlier releases; %d %% of them were at most"
                        + " as large); %d commits, usually %.0f.",
                lines,
                ratio,
                usualLines,
                releases,
                percentile,
                commits,
                usualCommits);
    }
}

package dev.slipway.prerelease.tests;

import dev.slipway.prerelease.Finding;
import java.util.Comparator;
import java.util.List;

/**
 * What is said of a release's tests.
 *
 * @param parts    each thing that was judged, the worst first
 * @param coverage percentage of lines, 0 to 100; null where it is not known
 * @param tests    how many tests the reports that count have in all
 * @param failed   how many of these failed or broke
 */
record TestsJudgement(List<Part> parts, Double coverage, long tests, long failed) {

    TestsJudgement {
        parts = parts.stream().sorted(Comparator.comparing(Part::verdict)).toList();
    }

    /**
     * One thing that was judged.
     *
     * @param verdict of this alone
     * @param finding as people read it
     */
    record Part(TestsVerdict verdict, Finding finding) {}

    /** @return the worst of the parts */
    TestsVerdict verdict() {
        return parts.isEmpty() ? TestsVerdict.UNSTATED : parts.get(0).verdict();
    }

    List<Finding> findings() {
        return parts.stream().map(Part::finding).toList();
    }
}

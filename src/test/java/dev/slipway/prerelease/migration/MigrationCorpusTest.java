package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the review says what the sources of the corpus say. The numbers stand in docs/migration-safety.md. */
class MigrationCorpusTest {

    @ParameterizedTest
    @CsvSource({
        "tuned-postgresql.yaml, 0.99, 0.98, 0.99",
        "tuned-mysql.yaml, 0.99, 0.98, 0.99",
        "held-out-postgresql.yaml, 0.98, 0.96, 0.95",
        "held-out-mysql.yaml, 0.98, 0.95, 0.97",
    })
    void precision_recall_and_agreement_stay_above_their_floors(
            String file, double precision, double recall, double agreement) {
        var numbers = new Numbers();
        Corpus.read(file).forEach(numbers::add);

        assertThat(numbers.disagreements)
                .as("cases whose number of statements differs")
                .noneMatch(one -> one.startsWith("COUNT"));
        assertThat(numbers.precision()).as("precision, " + numbers).isGreaterThanOrEqualTo(precision);
        assertThat(numbers.recall()).as("recall, " + numbers).isGreaterThanOrEqualTo(recall);
        assertThat(numbers.agreement()).as("agreement, " + numbers).isGreaterThanOrEqualTo(agreement);
    }

    /** Unsafe is what blocks, breaks or destroys; what could not be read counts as not unsafe. */
    private static final class Numbers {

        private final List<String> disagreements = new ArrayList<>();
        private int statements;
        private int same;
        private int rightlyUnsafe;
        private int wronglyUnsafe;
        private int missed;
        private int unparsed;

        void add(Corpus.Case one) {
            var actual = one.actual();
            if (actual.size() != one.expected().size()) {
                disagreements.add("COUNT " + actual + " for " + one.sql());
                return;
            }
            for (var i = 0; i < actual.size(); i++) {
                add(one.expected().get(i), actual.get(i), one.sql());
            }
        }

        private void add(Verdict expected, Verdict actual, String sql) {
            statements++;
            same += expected == actual ? 1 : 0;
            rightlyUnsafe += expected.isUnsafe() && actual.isUnsafe() ? 1 : 0;
            wronglyUnsafe += !expected.isUnsafe() && actual.isUnsafe() ? 1 : 0;
            missed += expected.isUnsafe() && !actual.isUnsafe() ? 1 : 0;
            unparsed += actual == Verdict.UNPARSED && expected != Verdict.UNPARSED ? 1 : 0;
            if (expected != actual) {
                disagreements.add(expected + " expected, " + actual + ": " + sql);
            }
        }

        double precision() {
            return (double) rightlyUnsafe / (rightlyUnsafe + wronglyUnsafe);
        }

        double recall() {
            return (double) rightlyUnsafe / (rightlyUnsafe + missed);
        }

        double agreement() {
            return (double) same / statements;
        }

        @Override
        public String toString() {
            return "%d statements, precision %d of %d, recall %d of %d, same verdict %d, wrongly unparsed %d%n  %s"
                    .formatted(
                            statements,
                            rightlyUnsafe,
                            rightlyUnsafe + wronglyUnsafe,
                            rightlyUnsafe,
                            rightlyUnsafe + missed,
                            same,
                            unparsed,
                            String.join("\n  ", disagreements));
        }
    }
}

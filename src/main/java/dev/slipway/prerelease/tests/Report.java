package dev.slipway.prerelease.tests;

import java.math.BigDecimal;
import java.util.List;

/** What one report says. */
sealed interface Report {

    ReportFormat format();

    /**
     * Tests and how they went.
     *
     * @param tests   how many there were, 0 or more, those skipped among them
     * @param failed  how many found something wrong
     * @param errors  how many broke
     * @param skipped how many did not run
     * @param seconds how long they took in all; 0 where the report does not say
     * @param failing names of the first that failed or broke, at most {@link #MOST_NAMES}
     */
    record Tests(long tests, long failed, long errors, long skipped, double seconds, List<String> failing)
            implements Report {

        static final int MOST_NAMES = 20;

        public Tests {
            failing = List.copyOf(failing);
        }

        @Override
        public ReportFormat format() {
            return ReportFormat.JUNIT;
        }
    }

    /**
     * Lines and how many of them ran.
     *
     * @param format       not {@link ReportFormat#JUNIT}
     * @param linesCovered 0 to {@code linesTotal}; null where only the rate is known
     * @param linesTotal   0 where no line was measured; null where only the rate is known
     * @param percent      of lines covered, 0 to 100; null where no line was measured
     */
    record Coverage(ReportFormat format, Long linesCovered, Long linesTotal, Double percent) implements Report {

        static Coverage ofLines(ReportFormat format, long covered, long total) {
            return new Coverage(format, covered, total, total == 0 ? null : 100.0 * covered / total);
        }

        static Coverage ofRate(ReportFormat format, double rate) {
            return new Coverage(
                    format,
                    null,
                    null,
                    BigDecimal.valueOf(rate).movePointRight(2).doubleValue());
        }
    }
}

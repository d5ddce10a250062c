package dev.slipway.prerelease.tests;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How counts and shares are told to people. */
final class Wording {

    private Wording() {}

    /** @return such as {@code 412 tests, 0 failed, 3 skipped} or {@code 81.4 % of 5,120 lines covered} */
    static String of(TestReport report) {
        if (report.format().reportsTests()) {
            return report.saysAnything() ? tests(report) : tests(report) + ": no test ran";
        }
        if (report.coverage() == null) {
            return "no line was measured";
        }
        var percent = percent(report.coverage());
        return report.linesTotal() == null
                ? percent + " of lines covered"
                : percent + " of " + number(report.linesTotal()) + " lines covered";
    }

    private static String tests(TestReport report) {
        return number(report.tests()) + (report.tests() == 1 ? " test, " : " tests, ") + number(report.failed())
                + " failed, " + (report.errors() == 0 ? "" : number(report.errors()) + " broke, ")
                + number(report.skipped()) + " skipped";
    }

    /** @return with one digit, rounded down: what is below a minimum must not look as if it reached it */
    static String percent(double percent) {
        return BigDecimal.valueOf(percent).setScale(1, RoundingMode.DOWN).toPlainString() + " %";
    }

    /** @return such as {@code 7 days}, or ISO 8601 where it is not in whole days */
    static String age(Duration age) {
        var isWhole = age.equals(Duration.ofDays(age.toDays()));
        return isWhole ? age.toDays() + (age.toDays() == 1 ? " day" : " days") : age.toString();
    }

    /** @return with a comma after thousands */
    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}

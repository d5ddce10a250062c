package dev.slipway.observation;

import dev.slipway.observation.judge.MetricVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Measurements as people read them: a Markdown table. */
final class MeasurementTables {

    private static final String HEAD =
            "| metric | value | baseline | limit | verdict | why |\n|---|---|---|---|---|---|\n";
    private static final String NARROW_HEAD =
            "| metric | value | baseline | limit | verdict |\n|---|---|---|---|---|\n";
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private MeasurementTables() {}

    static String of(List<MetricVerdict> verdicts) {
        return HEAD
                + verdicts.stream()
                        .map(verdict -> row(
                                verdict.metric(),
                                number(verdict.value()),
                                number(verdict.baseline()),
                                verdict.threshold(),
                                verdict.verdict().name(),
                                verdict.words()))
                        .collect(Collectors.joining("\n"));
    }

    /** For forms, which are narrow: the words stand below the table there. */
    static String ofEntries(List<Measurements.Entry> entries) {
        return NARROW_HEAD
                + entries.stream()
                        .map(entry -> row(
                                entry.metric(),
                                number(entry.value()),
                                number(entry.baseline()),
                                entry.threshold(),
                                entry.verdict().name()))
                        .collect(Collectors.joining("\n"));
    }

    static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell == null ? "–" : cell.replace("|", "\\|").replaceAll("\\R", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    static String number(Double value) {
        return value == null
                ? "–"
                : new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
    }
}

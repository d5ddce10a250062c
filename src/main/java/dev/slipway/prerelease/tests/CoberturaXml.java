package dev.slipway.prerelease.tests;

import java.io.IOException;

/**
 * Reads {@code lines-covered} and {@code lines-valid} of the root. Where a tool leaves them out, the lines of the classes
 * are counted; where there are none of these either, {@code line-rate} is all that is known.
 */
final class CoberturaXml {

    private CoberturaXml() {}

    /** @param xml stands at its root, a {@code coverage} */
    static Report.Coverage read(XmlReport xml) throws IOException, MalformedReport {
        var line = xml.line();
        var saidCovered = xml.number("lines-covered");
        var saidTotal = xml.number("lines-valid");
        var rate = xml.decimal("line-rate");
        var isSaid = saidCovered != null && saidTotal != null;
        if (rate == null && !isSaid) {
            throw new MalformedReport(line, "it has neither line-rate nor lines-covered and lines-valid");
        }
        var counted = countLines(xml);
        if (isSaid) {
            return coverage(saidCovered, saidTotal, line);
        }
        if (counted.linesTotal() > 0) {
            return counted;
        }
        if (rate > 1) {
            throw new MalformedReport(line, "line-rate is not between 0 and 1");
        }
        return Report.Coverage.ofRate(ReportFormat.COBERTURA, rate);
    }

    private static Report.Coverage countLines(XmlReport xml) throws IOException, MalformedReport {
        var covered = 0L;
        var total = 0L;
        var withinMethods = false;
        while (xml.next()) {
            // The lines of methods stand a second time among the lines of their class.
            if (xml.begins("methods")) {
                withinMethods = true;
            } else if (xml.ends("methods")) {
                withinMethods = false;
            } else if (xml.begins("line") && !withinMethods) {
                var hits = xml.number("hits");
                total++;
                covered += hits != null && hits > 0 ? 1 : 0;
            }
        }
        return Report.Coverage.ofLines(ReportFormat.COBERTURA, covered, total);
    }

    private static Report.Coverage coverage(long covered, long total, int line) throws MalformedReport {
        if (covered > total) {
            throw new MalformedReport(line, "more lines are covered than there are");
        }
        return Report.Coverage.ofLines(ReportFormat.COBERTURA, covered, total);
    }
}

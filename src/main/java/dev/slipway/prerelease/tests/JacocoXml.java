package dev.slipway.prerelease.tests;

import java.io.IOException;

/** Reads the counter of lines that stands right below the root: the sum over all packages and groups. */
final class JacocoXml {

    private static final int BELOW_THE_ROOT = 2;

    private JacocoXml() {}

    /** @param xml stands at its root, a {@code report} */
    static Report.Coverage read(XmlReport xml) throws IOException, MalformedReport {
        var coverage = Report.Coverage.ofLines(ReportFormat.JACOCO, 0, 0);
        while (xml.next()) {
            if (xml.begins("counter") && xml.depth() == BELOW_THE_ROOT && "LINE".equals(xml.attribute("type"))) {
                var missed = xml.number("missed");
                var covered = xml.number("covered");
                if (missed == null || covered == null) {
                    throw new MalformedReport(xml.line(), "the counter of lines has no missed or no covered");
                }
                coverage = Report.Coverage.ofLines(ReportFormat.JACOCO, covered, missed + covered);
            }
        }
        return coverage;
    }
}

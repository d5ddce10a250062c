package dev.slipway.prerelease.tests;

import dev.slipway.release.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a report in whichever of the formats it is, told from its content. */
final class ReportReader {

    /** What a report may have in bytes. */
    static final long LARGEST = 50L * 1024 * 1024;

    private static final int LOOK_AHEAD = 1024;
    private static final String FIELD = "body";
    private static final String KNOWN = "Send JUnit XML, JaCoCo XML, Cobertura XML or LCOV.";

    private ReportReader() {}

    /**
     * Reads to the end, without keeping the report.
     *
     * @throws Refusal.BadInput where it is in none of the formats, or not well-formed; names format and line
     * @throws ReportTooLarge   where it has more than 50 MB
     * @throws IOException      where reading breaks off
     */
    static Report read(InputStream in) throws IOException {
        return read(in, LARGEST);
    }

    static Report read(InputStream in, long most) throws IOException {
        var content = new BufferedInputStream(new BoundedStream(in, most));
        var begin = begin(content);
        if (begin.isEmpty()) {
            throw new Refusal.BadInput(FIELD, "The report is empty. " + KNOWN);
        }
        if (begin.startsWith("<")) {
            return xml(content);
        }
        if (begin.startsWith("TN:") || begin.startsWith("SF:") || begin.startsWith("#")) {
            return lcov(content);
        }
        throw new Refusal.BadInput(FIELD, "The report, line 1: it is in no format that is known here. " + KNOWN);
    }

    private static Report lcov(InputStream content) throws IOException {
        try {
            return Lcov.read(content);
        } catch (MalformedReport e) {
            throw refusal(ReportFormat.LCOV.inWords(), e);
        }
    }

    private static Report xml(InputStream content) throws IOException {
        var format = "XML";
        try {
            var xml = XmlReport.of(content);
            xml.next();
            return switch (xml.element()) {
                case "testsuites", "testsuite" -> {
                    format = ReportFormat.JUNIT.inWords();
                    yield JUnitXml.read(xml);
                }
                case "report" -> {
                    format = ReportFormat.JACOCO.inWords();
                    yield JacocoXml.read(xml);
                }
                case "coverage" -> {
                    format = ReportFormat.COBERTURA.inWords();
                    yield CoberturaXml.read(xml);
                }
                default ->
                    throw new Refusal.BadInput(
                            FIELD,
                            "The report, line " + xml.line() + ": XML with the root <" + Texts.cut(xml.element())
                                    + "> is in no format that is known here. " + KNOWN);
            };
        } catch (MalformedReport e) {
            throw refusal(format, e);
        }
    }

    private static Refusal.BadInput refusal(String format, MalformedReport e) {
        return new Refusal.BadInput(
                FIELD,
                "The report is no readable " + format + ", line " + e.line() + ": " + e.getMessage()
                        + ". Send the file as the tool wrote it.");
    }

    /** @return the first characters that say something; those of UTF-16 with their zeros left out */
    private static String begin(InputStream content) throws IOException {
        content.mark(LOOK_AHEAD);
        var bytes = content.readNBytes(LOOK_AHEAD);
        content.reset();
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .replaceFirst("^(\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe)", "")
                .strip();
    }
}

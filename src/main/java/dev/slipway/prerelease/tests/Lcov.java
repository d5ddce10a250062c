package dev.slipway.prerelease.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Adds up the records of a tracefile: LH and LF where both are there, and else the DA lines themselves. */
final class Lcov {

    private static final Pattern DATA = Pattern.compile("DA:(?<line>\\d{1,10}),(?<hits>-?\\d{1,18})(,.*)?");
    private static final Pattern TOTAL = Pattern.compile("L[FH]:(?<number>\\d{1,10})");
    private static final Pattern KNOWN_KEY = Pattern.compile("[A-Z]{1,10}:.*");

    private long covered;
    private long total;
    private int number;
    private boolean inRecord;
    private Long linesFound;
    private Long linesHit;
    private final Set<String> lines = new HashSet<>();
    private final Set<String> linesThatRan = new HashSet<>();

    private Lcov() {}

    static Report.Coverage read(InputStream in) throws IOException, MalformedReport {
        var lcov = new Lcov();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var text = reader.readLine(); text != null; text = reader.readLine()) {
            lcov.number++;
            lcov.line((lcov.number == 1 ? text.replace("\uFEFF", "") : text).strip());
        }
        if (lcov.inRecord) {
            throw lcov.malformed("it ends within a record, without end_of_record");
        }
        return Report.Coverage.ofLines(ReportFormat.LCOV, lcov.covered, lcov.total);
    }

    private void line(String text) throws MalformedReport {
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("TN:")) {
            return;
        }
        if (text.startsWith("SF:")) {
            begin();
        } else if (!inRecord) {
            throw malformed("\"" + Texts.cut(text) + "\" stands outside of any record");
        } else if (text.equals("end_of_record")) {
            end();
        } else if (text.startsWith("DA:")) {
            data(text);
        } else if (text.startsWith("LF:")) {
            linesFound = total(text);
        } else if (text.startsWith("LH:")) {
            linesHit = total(text);
        } else if (!KNOWN_KEY.matcher(text).matches()) {
            throw malformed("\"" + Texts.cut(text) + "\" is no line of a record");
        }
    }

    private void begin() throws MalformedReport {
        if (inRecord) {
            throw malformed("a record begins within another");
        }
        inRecord = true;
        linesFound = null;
        linesHit = null;
        lines.clear();
        linesThatRan.clear();
    }

    private void end() throws MalformedReport {
        var hit = linesFound == null || linesHit == null ? Long.valueOf(linesThatRan.size()) : linesHit;
        var found = linesFound == null || linesHit == null ? Long.valueOf(lines.size()) : linesFound;
        if (hit > found) {
            throw malformed("more lines are hit than found");
        }
        covered += hit;
        total += found;
        inRecord = false;
    }

    private void data(String text) throws MalformedReport {
        var data = DATA.matcher(text);
        if (!data.matches()) {
            throw malformed("\"" + Texts.cut(text) + "\" is not DA: with a line and a count");
        }
        lines.add(data.group("line"));
        if (Long.parseLong(data.group("hits")) > 0) {
            linesThatRan.add(data.group("line"));
        }
    }

    private Long total(String text) throws MalformedReport {
        var total = TOTAL.matcher(text);
        if (!total.matches()) {
            throw malformed("\"" + Texts.cut(text) + "\" has no count of lines");
        }
        return Long.valueOf(total.group("number"));
    }

    private MalformedReport malformed(String why) {
        return new MalformedReport(number, why);
    }
}

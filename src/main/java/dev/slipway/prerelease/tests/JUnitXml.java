package dev.slipway.prerelease.tests;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Counts test cases, wherever they stand, so that suites within suites count once. What a suite says of itself counts
 * where it has no cases, and where it knows of more failures than its cases show: some tools tell of a broken suite in no
 * other way.
 */
final class JUnitXml {

    private static final String CASE = "testcase";

    private final XmlReport xml;
    private final Deque<Suite> open = new ArrayDeque<>();
    private final List<String> failing = new ArrayList<>();
    private double seconds;

    private JUnitXml(XmlReport xml) {
        this.xml = xml;
    }

    private static final class Suite {
        final Counts said;
        final Counts counted = new Counts();

        Suite(Counts said) {
            this.said = said;
        }

        Counts result() {
            var result = new Counts();
            result.tests = counted.tests == 0 ? said.tests : counted.tests;
            result.failed = Math.max(counted.failed, said.failed);
            result.errors = Math.max(counted.errors, said.errors);
            result.skipped = counted.tests == 0 ? said.skipped : counted.skipped;
            return result;
        }
    }

    private static final class Counts {
        long tests;
        long failed;
        long errors;
        long skipped;

        void add(Counts more) {
            tests += more.tests;
            failed += more.failed;
            errors += more.errors;
            skipped += more.skipped;
        }
    }

    /** @param xml stands at its root, a {@code testsuites} or {@code testsuite} */
    static Report.Tests read(XmlReport xml) throws IOException, MalformedReport {
        return new JUnitXml(xml).read();
    }

    private Report.Tests read() throws IOException, MalformedReport {
        var all = new Counts();
        do {
            if (xml.begins("testsuites") || xml.begins("testsuite")) {
                open.push(new Suite(said()));
            } else if (xml.begins(CASE)) {
                readCase();
            } else if (xml.ends("testsuites") || xml.ends("testsuite")) {
                var result = open.pop().result();
                (open.isEmpty() ? all : open.peek().counted).add(result);
            }
        } while (xml.next());
        return new Report.Tests(all.tests, all.failed, all.errors, all.skipped, toMillis(seconds), failing);
    }

    private Counts said() throws MalformedReport {
        var said = new Counts();
        said.tests = orNone(xml.number("tests"));
        said.failed = orNone(xml.number("failures"));
        said.errors = orNone(xml.number("errors"));
        said.skipped = orNone(xml.number("skipped"));
        return said;
    }

    private void readCase() throws IOException, MalformedReport {
        if (open.isEmpty()) {
            throw new MalformedReport(xml.line(), "a testcase stands outside of any testsuite");
        }
        var counted = open.peek().counted;
        var depth = xml.depth();
        var name = name(xml.attribute("classname"), xml.attribute("name"));
        addSeconds();
        var failed = false;
        var broke = false;
        var skipped = false;
        while (xml.next() && !(xml.ends(CASE) && xml.depth() == depth)) {
            failed |= xml.begins("failure");
            broke |= xml.begins("error");
            skipped |= xml.begins("skipped");
        }
        counted.tests++;
        if (failed) {
            counted.failed++;
        } else if (broke) {
            counted.errors++;
        } else if (skipped) {
            counted.skipped++;
        }
        if ((failed || broke) && failing.size() < Report.Tests.MOST_NAMES) {
            failing.add(name);
        }
    }

    /** Surefire writes a comma after thousands; a time that can't be read is no reason to refuse a report. */
    private void addSeconds() {
        var text = xml.attribute("time");
        if (text != null && text.matches("[\\d,]{1,15}(\\.\\d{1,15})?")) {
            seconds += Double.parseDouble("0" + text.replace(",", ""));
        }
    }

    private static String name(String className, String name) {
        var method = name == null || name.isBlank() ? "a test without a name" : name;
        return Texts.cut(className == null || className.isBlank() ? method : className + "." + method);
    }

    /** The sum of many decimals has digits that nobody measured. */
    private static double toMillis(double seconds) {
        return Math.round(seconds * 1_000) / 1_000.0;
    }

    private static long orNone(Long number) {
        return number == null ? 0 : number;
    }
}

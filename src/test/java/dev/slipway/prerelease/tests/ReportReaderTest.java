package dev.slipway.prerelease.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Refusal;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

    @Test
    void surefire_is_read() throws IOException {
        var report = tests("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="shop.PriceTest"
                    time="1,234.5" tests="5" errors="1" skipped="1" failures="1">
                  <properties><property name="error" value="x"/></properties>
                  <testcase name="a" classname="shop.PriceTest" time="1,233.0"/>
                  <testcase name="b" classname="shop.PriceTest" time="0.5">
                    <failure message="expected &lt;1&gt;" type="AssertionError"><![CDATA[at <b>]]></failure>
                    <system-out>failure</system-out>
                  </testcase>
                  <testcase name="c" classname="shop.PriceTest" time="0.5"><error type="NPE"/></testcase>
                  <testcase name="d" classname="shop.PriceTest" time="0"><skipped/></testcase>
                  <testcase name="e" classname="shop.PriceTest" time="0.5">
                    <flakyFailure message="once"/><rerunFailure/>
                  </testcase>
                </testsuite>""");

        assertThat(report.tests()).isEqualTo(5);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.errors()).isEqualTo(1);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.seconds()).isEqualTo(1234.5);
        assertThat(report.failing()).containsExactly("shop.PriceTest.b", "shop.PriceTest.c");
    }

    @Test
    void pytest_is_read() throws IOException {
        var report = tests("""
                <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest"
                errors="1" failures="1" skipped="1" tests="4" time="0.049" timestamp="2026-11-24T10:00:00.0+00:00"
                hostname="ci"><testcase classname="test_price" name="test_ok" time="0.001" /><testcase
                classname="test_price" name="test_rounds[1.5]" time="0.001"><failure message="assert 1 == 2">E</failure>
                </testcase><testcase classname="" name="test_basket" time="0.000"><error message="collection failure"/>
                </testcase><testcase classname="test_price" name="test_yen" time="0"><skipped type="pytest.skip"/>
                </testcase></testsuite></testsuites>""");

        assertThat(report).extracting("tests", "failed", "errors", "skipped").containsExactly(4L, 1L, 1L, 1L);
        assertThat(report.failing()).containsExactly("test_price.test_rounds[1.5]", "test_basket");
    }

    @Test
    void jest_and_gotestsum_are_read_and_their_totals_are_not_counted_twice() throws IOException {
        assertThat(tests("""
                        <testsuites name="jest tests" tests="3" failures="1" errors="0" time="2.1">
                          <testsuite name="price" errors="0" failures="1" skipped="0" tests="2">
                            <testcase classname="price rounds" name="price rounds"/>
                            <testcase classname="price adds" name="price adds"><failure>Error</failure></testcase>
                          </testsuite>
                          <testsuite name="basket" errors="0" failures="0" skipped="0" tests="1">
                            <testcase classname="basket" name="basket"/>
                          </testsuite>
                        </testsuites>"""))
                .extracting("tests", "failed", "errors", "skipped")
                .containsExactly(3L, 1L, 0L, 0L);
        assertThat(tests("""
                        <testsuites tests="2" failures="1" errors="0" time="0.012">
                          <testsuite tests="2" failures="1" time="0.012" name="example.com/price">
                            <properties><property name="go.version" value="go1.23"/></properties>
                            <testcase classname="example.com/price" name="TestRounds" time="0.01"/>
                            <testcase classname="example.com/price" name="TestMain"><failure message="Failed"/></testcase>
                          </testsuite>
                        </testsuites>"""))
                .extracting("tests", "failed", "errors", "skipped")
                .containsExactly(2L, 1L, 0L, 0L);
    }

    @Test
    void suites_within_suites_count_once() throws IOException {
        assertThat(tests("""
                        <testsuites tests="3" failures="1">
                          <testsuite name="all" tests="3" failures="1">
                            <testsuite name="a" tests="2" failures="1">
                              <testcase name="a1"/><testcase name="a2"><failure/></testcase>
                            </testsuite>
                            <testsuite name="b" tests="1" failures="0"><testcase name="b1"/></testsuite>
                          </testsuite>
                        </testsuites>"""))
                .extracting("tests", "failed", "errors", "skipped")
                .containsExactly(3L, 1L, 0L, 0L);
    }

    @Test
    void a_suite_that_tells_of_more_failures_than_its_cases_is_believed() throws IOException {
        assertThat(tests("""
                        <testsuite name="a" tests="1" errors="1"><testcase name="a1"/></testsuite>""")).extracting("tests", "failed", "errors").containsExactly(1L, 0L, 1L);
        assertThat(tests("""
                        <testsuites><testsuite tests="7" failures="2" skipped="1"/></testsuites>"""))
                .extracting("tests", "failed", "errors", "skipped")
                .containsExactly(7L, 2L, 0L, 1L);
    }

    @Test
    void only_the_first_twenty_names_are_kept_each_short_and_in_one_line() throws IOException {
        var cases = IntStream.range(0, 30)
                .mapToObj(i -> "<testcase name=\"t" + i + "&#10;" + "x".repeat(300) + "\"><failure/></testcase>")
                .collect(Collectors.joining());

        var report = tests("<testsuite>" + cases + "</testsuite>");

        assertThat(report.failed()).isEqualTo(30);
        assertThat(report.failing())
                .hasSize(20)
                .allSatisfy(
                        name -> assertThat(name).hasSizeLessThanOrEqualTo(200).doesNotContain("\n"));
    }

    @Test
    void jacoco_is_read_with_its_document_type_and_only_the_report_itself_counts() throws IOException {
        var report = coverage("""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report \
                1.1//EN" "report.dtd"><report name="shop"><sessioninfo id="ci" start="1" dump="2"/>
                <group name="price"><package name="shop/price"><class name="shop/price/Price"><method name="a"
                desc="()V" line="3"><counter type="LINE" missed="1" covered="2"/></method><counter type="LINE"
                missed="9" covered="9"/></class></package><counter type="LINE" missed="7" covered="8"/></group>
                <counter type="INSTRUCTION" missed="100" covered="1"/><counter type="LINE" missed="952" covered="4168"/>
                <counter type="BRANCH" missed="1" covered="1"/></report>""");

        assertThat(report.format()).isEqualTo(ReportFormat.JACOCO);
        assertThat(report.linesCovered()).isEqualTo(4168);
        assertThat(report.linesTotal()).isEqualTo(5120);
    }

    @Test
    void jacoco_without_lines_has_measured_nothing() throws IOException {
        assertThat(coverage("<report name=\"x\"/>").percent()).isNull();
    }

    @Test
    void cobertura_is_read_by_its_totals_or_by_its_lines_or_by_its_rate() throws IOException {
        var lines = """
                <packages><package name="p"><classes><class name="c" filename="c.py" line-rate="0.5"><methods>
                <method name="m"><lines><line number="1" hits="1"/></lines></method></methods><lines>
                <line number="1" hits="3"/><line number="2" hits="0"/><line number="3" hits="1" branch="true"/>
                </lines></class></classes></package></packages></coverage>""";

        var totals = coverage("""
                <?xml version="1.0" ?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
                <coverage version="7.4" line-rate="0.5" lines-covered="81" lines-valid="100" branch-rate="0">""" + lines);
        assertThat(totals.format()).isEqualTo(ReportFormat.COBERTURA);
        assertThat(totals.percent()).isEqualTo(81);
        assertThat(totals.linesTotal()).isEqualTo(100);

        var counted = coverage("<coverage line-rate=\"0.1\">" + lines);
        assertThat(counted.linesCovered()).isEqualTo(2);
        assertThat(counted.linesTotal()).isEqualTo(3);

        var rate = coverage("<coverage line-rate=\"0.57\"><packages/></coverage>");
        assertThat(rate.linesTotal()).isNull();
        assertThat(rate.percent()).isEqualTo(57);
    }

    @Test
    void lcov_is_read_by_its_totals_or_by_its_lines() throws IOException {
        var report = coverage("""
                TN:unit
                SF:src/price.js
                FN:1,round
                FNDA:3,round
                DA:1,3
                DA:2,0
                BRDA:1,0,0,-
                LF:10
                LH:8
                end_of_record
                TN:
                SF:src/basket.js
                DA:1,3,abcdef
                DA:2,0
                DA:2,1
                end_of_record
                """);

        assertThat(report.format()).isEqualTo(ReportFormat.LCOV);
        assertThat(report.linesCovered()).isEqualTo(10);
        assertThat(report.linesTotal()).isEqualTo(12);
    }

    @Test
    void marks_of_the_byte_order_and_other_encodings_are_understood() throws IOException {
        var junit = "<testsuite><testcase name=\"größer\"><failure/></testcase></testsuite>";

        assertThat(((Report.Tests) read("\uFEFF" + junit)).failing()).containsExactly("größer");
        assertThat(((Report.Tests) read("\uFEFF" + junit, StandardCharsets.UTF_16BE)).failing())
                .containsExactly("größer");
        assertThat(((Report.Tests) read(
                                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + junit, StandardCharsets.ISO_8859_1))
                        .failing())
                .containsExactly("größer");
        assertThat(read("\uFEFFSF:a\nDA:1,1\nend_of_record\n")).isInstanceOf(Report.Coverage.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <testsuite><testcase name="a"></testsuite>             | no readable JUnit XML, line 1:
            <testsuite>\\n<testcase name="a">                       | no readable JUnit XML, line 2:
            <testsuite tests="many"/>                              | no readable JUnit XML, line 1: tests="many" is not a whole number.
            <testsuite tests="-1"/>                                | no readable JUnit XML, line 1: tests="-1" is not a whole number.
            <report>\\n<counter type="LINE" missed="1"/></report>   | no readable JaCoCo XML, line 2: the counter of lines has no missed or no covered.
            <report>\\n<counter type="LINE" missed="1" covered="2"/>| no readable JaCoCo XML, line 2:
            <coverage generated="1" clover="4"><project/></coverage> | no readable Cobertura XML, line 1: it has neither line-rate nor lines-covered and lines-valid.
            <coverage lines-covered="2" lines-valid="1"/>          | no readable Cobertura XML, line 1: more lines are covered than there are.
            <coverage line-rate="81.4"/>                           | no readable Cobertura XML, line 1: line-rate is not between 0 and 1.
            SF:a\\nDA:1,1                                           | no readable LCOV, line 2: it ends within a record, without end_of_record.
            SF:a\\nDA:one,1\\nend_of_record                          | no readable LCOV, line 2: "DA:one,1" is not DA: with a line and a count.
            SF:a\\nLF:x\\nend_of_record                              | no readable LCOV, line 2: "LF:x" has no count of lines.
            SF:a\\nLF:1\\nLH:2\\nend_of_record                        | no readable LCOV, line 4: more lines are hit than found.
            SF:a\\nSF:b\\nend_of_record                              | no readable LCOV, line 2: a record begins within another.
            TN:\\nDA:1,1                                            | no readable LCOV, line 2: "DA:1,1" stands outside of any record.
            SF:a\\n<html>\\nend_of_record                            | no readable LCOV, line 2: "<html>" is no line of a record.
            <html><body>Log in</body></html>                       | line 1: XML with the root <html> is in no format that is known here.
            <                                                      | no readable XML, line 1:
            {"tests": 1}                                           | line 1: it is in no format that is known here.
            `   `                                                  | The report is empty.
            """)
    void what_is_malformed_is_refused_by_format_and_line(String report, String message) {
        assertThatThrownBy(() -> read(report.replace("\\n", "\n")))
                .isInstanceOfSatisfying(
                        Refusal.BadInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("body"))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"%s\">]><testsuite name=\"a\"><testcase name=\"t\">"
                        + "<failure/>&x;</testcase></testsuite>",
                "<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"%s\">]><testsuite name=\"a\"><testcase name=\"&x;\">"
                        + "<failure/></testcase></testsuite>",
                "<!DOCTYPE testsuite [<!ENTITY %% x SYSTEM \"%s\"> %%x;]><testsuite><testcase name=\"t\">"
                        + "<failure/></testcase></testsuite>",
                "<!DOCTYPE testsuite SYSTEM \"%s\"><testsuite><testcase name=\"&x;\"><failure/></testcase></testsuite>"
            })
    void nothing_that_a_report_names_is_fetched(String report, @TempDir Path directory) throws IOException {
        var secret = Files.writeString(directory.resolve("secret.txt"), "s3cret");

        try {
            assertThat(read(report.formatted(secret.toUri())).toString()).doesNotContain("s3cret");
        } catch (Refusal.BadInput refusal) {
            assertThat(refusal.getMessage()).doesNotContain("s3cret");
        }
    }

    @Test
    @Timeout(10)
    void entities_that_grow_are_refused() {
        var entities = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("\n", "<!ENTITY l0 \"lol\">\n", ""));

        assertThatThrownBy(() -> read("<!DOCTYPE testsuite [" + entities + "]><testsuite name=\"&l20;\"/>"))
                .isInstanceOf(Refusal.BadInput.class);
    }

    @Test
    void what_is_too_large_is_not_read_to_its_end() {
        assertThatThrownBy(() -> ReportReader.read(bytes("<testsuite>" + " ".repeat(100_000)), 10_000))
                .isInstanceOf(ReportTooLarge.class);
        assertThatThrownBy(() -> ReportReader.read(bytes("SF:a\n" + "DA:1,1\n".repeat(10_000)), 10_000))
                .isInstanceOf(ReportTooLarge.class);
        assertThat(new ReportTooLarge(ReportReader.LARGEST)).hasMessageContaining("larger than 50 MB");
    }

    @Test
    void a_connection_that_breaks_is_not_the_reports_fault() {
        var broken = new FilterInputStream(bytes("<testsuite>" + "<testcase/>".repeat(1_000))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                var some = super.read(into, offset, length);
                if (some < 0) {
                    throw new IOException("connection reset");
                }
                return some;
            }
        };

        assertThatThrownBy(() -> ReportReader.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    @Timeout(60)
    void a_large_report_is_read_in_a_stream() throws IOException {
        var one = "<testcase classname=\"shop.PriceTest\" name=\"case\" time=\"0.001\"><system-out>" + "x".repeat(900)
                + "</system-out></testcase>";

        var report = tests("<testsuite>" + one.repeat(40_000) + "</testsuite>");

        assertThat(report.tests()).isEqualTo(40_000);
    }

    private static Report.Tests tests(String text) throws IOException {
        return (Report.Tests) read(text);
    }

    private static Report.Coverage coverage(String text) throws IOException {
        return (Report.Coverage) read(text);
    }

    private static Report read(String text) throws IOException {
        return read(text, StandardCharsets.UTF_8);
    }

    private static Report read(String text, Charset charset) throws IOException {
        return ReportReader.read(new ByteArrayInputStream(text.getBytes(charset)));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

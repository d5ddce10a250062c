package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.prerelease.Finding.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationReviewTest {

    private final MigrationReview review = new MigrationReview();

    @Test
    void the_gravest_verdict_and_the_point_of_no_return_become_facts() {
        var collected = review.of(
                List.of(
                        new ChangedFile("db/V1__a.sql", "ALTER TABLE t ADD COLUMN a int; CREATE INDEX i ON t (a);"),
                        new ChangedFile("db/V2__b.sql", "ALTER TABLE t DROP COLUMN b;\nALTER TABEL t;")),
                Dialect.POSTGRESQL,
                ServerVersion.of("14"));

        assertThat(collected.facts())
                .containsEntry("migrationCount", 2)
                .containsEntry("migrationVerdict", "IRREVERSIBLE")
                .containsEntry("pointOfNoReturn", true)
                .containsEntry("migrationsBlocking", 1)
                .containsEntry("migrationsUnparsed", 1);
        assertThat(collected.findings())
                .extracting(finding -> finding.kind() + " " + finding.severity())
                .contains(
                        "create-index " + Severity.BLOCKING,
                        "drop-column " + Severity.IRREVERSIBLE,
                        "unparsed " + Severity.ASK,
                        "no-lock-timeout " + Severity.NOTE);
        assertThat(collected.findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .allSatisfy(finding -> assertThat(finding.question()).isNotBlank());
        assertThat(collected.findings())
                .filteredOn(finding -> finding.kind().equals("unparsed"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(2));
    }

    @Test
    void without_migrations_there_is_no_verdict() {
        var collected = review.of(List.of(), Dialect.MYSQL, Dialect.MYSQL.usualVersion());

        assertThat(collected.facts()).containsEntry("migrationVerdict", "NONE").containsEntry("pointOfNoReturn", false);
        assertThat(collected.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ", "ALTER TABLE t ADD COLUMN c int DEFAULT ", "CREATE TABLE t (a int DEFAULT "})
    void deep_nesting_is_told_as_unread_and_harms_nobody(String begin) {
        var sql = begin + "(".repeat(100_000) + "1" + ")".repeat(100_000) + ");";

        assertThat(reviewed("deep.sql", sql))
                .extracting(ReviewedStatement::verdict)
                .containsOnly(Verdict.UNPARSED);
    }

    @Test
    void five_megabytes_are_read_within_seconds() {
        var many = "ALTER TABLE t ADD COLUMN c int; -- padding padding padding\n".repeat(1_000)
                + "INSERT INTO t VALUES ('" + "x".repeat(5_000_000) + "');\nDROP TABLE t;";

        var statements = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> reviewed("big.sql", many));

        assertThat(statements).hasSize(1_002);
        assertThat(statements.get(1_000).verdict()).isEqualTo(Verdict.UNPARSED);
        assertThat(statements.get(1_001).verdict()).isEqualTo(Verdict.IRREVERSIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'never ends",
                "/* never ends",
                "SELECT $$ never ends",
                "ALTER TABLE \"t",
                "\u0000",
                "(",
                ")",
                "ALTER",
                "CREATE",
                "DROP",
                "ALTER TABLE",
                "WITH",
                "UPDATE",
                "UPDATE t",
                "DELETE",
                "INSERT",
                "SET",
                "@",
                "ALTER TYPE t ADD VALUE"
            })
    void broken_statements_are_told_as_unread(String sql) {
        assertThat(reviewed("broken.sql", sql))
                .extracting(ReviewedStatement::verdict)
                .containsOnly(Verdict.UNPARSED);
    }

    private static List<ReviewedStatement> reviewed(String name, String sql) {
        return new Reviewer(Dialect.POSTGRESQL, ServerVersion.of("14"))
                .review(List.of(new ChangedFile(name, sql)))
                .statements();
    }
}

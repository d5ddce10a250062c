package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rule book fits its readers, and each rule speaks of the statement that meets it. */
class MigrationRulesTest {

    private static final Pattern BLANK = Pattern.compile("\\{\\w+}");

    /** Met by no case of the corpus, so each has its own here. */
    private static final List<String> POSTGRES = List.of(
            "ALTER TABLE t ALTER CONSTRAINT c DEFERRABLE;",
            "ALTER TABLE t INHERIT p;",
            "ALTER TABLE t ALTER COLUMN c DROP IDENTITY;",
            "ALTER TABLE t ALTER COLUMN c SET EXPRESSION AS (a + 1);",
            "ALTER TABLE t ALTER COLUMN c ADD GENERATED ALWAYS AS IDENTITY;",
            "ALTER TABLE t ADD COLUMN c varchar(20); COMMIT;",
            "ALTER TABLE t SET ACCESS METHOD heap;",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
            "CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING;",
            "LOCK TABLE t IN ACCESS SHARE MODE;",
            "BEGIN; ALTER TYPE e ADD VALUE 'x'; INSERT INTO t VALUES ('x'); COMMIT;",
            "ALTER TYPE e DROP VALUE 'x';",
            "ALTER TYPE c ADD ATTRIBUTE a int;",
            "ALTER TYPE c DROP ATTRIBUTE a;",
            "ALTER TYPE c ALTER ATTRIBUTE a TYPE text;",
            "DROP SEQUENCE s;",
            "ALTER TABLE t ADD COLUMN price money;",
            "CREATE TABLE p PARTITION OF t FOR VALUES IN (1);",
            "SELECT * FROM t FOR UPDATE;",
            "INSERT INTO a SELECT * FROM b;",
            "ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1; ",
            "BEGIN; ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1; COMMIT;",
            "ALTER TABLE t ADD COLUMN c int; UPDATE t SET b = 1 WHERE id = 1; INSERT INTO u VALUES (1);",
            "BEGIN; ALTER TABLE t ADD COLUMN c int; ALTER TABLE t VALIDATE CONSTRAINT k; COMMIT;",
            "COPY t FROM '/tmp/x';",
            "ALTER ROLE a SET search_path TO b;",
            "DROP VIEW v; CREATE VIEW v AS SELECT 1;",
            "DROP COLLATION c;",
            "CREATE TABLE a (b int REFERENCES c);",
            "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE;",
            "REFRESH MATERIALIZED VIEW v WITH NO DATA;",
            "ALTER TABLE t ALTER COLUMN c RESTART WITH 5;",
            "\\i more.sql",
            "BEGIN;");

    private static final List<String> MYSQL = List.of(
            "REPAIR TABLE t;",
            "DELETE FROM t;",
            "SELECT * FROM t FOR UPDATE;",
            "INSERT INTO a SELECT * FROM b;",
            "ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1;",
            "ALTER TABLE t ADD COLUMN c int; UPDATE t SET b = 1 WHERE id = 1; INSERT INTO u VALUES (1);",
            "DROP FUNCTION f;",
            "DROP VIEW v; CREATE VIEW v AS SELECT 1;",
            "DROP ROLE r;",
            "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);",
            "SET foreign_key_checks = 0; ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id);",
            "ALTER TABLE t ADD COLUMN c bigint; ALTER TABLE t DROP COLUMN d;",
            "LOAD DATA INFILE 'x' INTO TABLE t;",
            "SOURCE x.sql");

    /** Rules that need a version, a file before, or a type that is known. */
    private static final Set<String> WITH_MORE = Set.of(
            "set-not-null-old-server",
            "attach-partition-old-server",
            "enum-value-in-transaction",
            "change-type-free",
            "change-type-in-utc",
            "change-type-loses",
            "add-column-default-rewrites",
            "backfill-under-lock",
            "set-not-null",
            "transaction-left-open",
            "revoke",
            "bulk-load",
            "asks-for-lock",
            "truncate");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void every_rule_of_the_book_is_met_and_speaks_without_blanks(Dialect dialect) {
        var own = dialect.isMysql() ? MYSQL : POSTGRES;
        var word = dialect.word();
        var cases = Stream.concat(
                        Corpus.read("tuned-" + word + ".yaml").stream(),
                        Corpus.read("held-out-" + word + ".yaml").stream())
                .map(Corpus.Case::sql);
        var findings = new ArrayList<RuleFinding>();
        Stream.concat(cases, own.stream())
                .forEach(sql -> review(dialect, dialect.usualVersion(), sql)
                        .forEach(statement -> findings.addAll(statement.findings())));

        var unmet = new TreeSet<>(RuleBook.of(dialect).rules().keySet());
        findings.forEach(finding -> unmet.remove(finding.rule()));
        unmet.removeAll(WITH_MORE);
        assertThat(unmet).as("rules that no statement meets").isEmpty();
        assertThat(findings)
                .filteredOn(finding -> !finding.rule().equals("unparsed"))
                .noneMatch(finding -> BLANK.matcher(
                                finding.why() + finding.alternative() + finding.lock() + finding.blocks())
                        .find());
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.link())
                        .startsWith(
                                dialect.isMysql()
                                        ? "https://dev.mysql.com/doc/"
                                        : "https://www.postgresql.org/docs/current/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9.6 | ALTER TABLE t ADD COLUMN c int DEFAULT 0 | add-column-default-rewrites",
                "11  | ALTER TABLE t ADD COLUMN c int DEFAULT 0 | none",
                "11  | ALTER TABLE t ALTER COLUMN c SET NOT NULL | set-not-null-old-server",
                "12  | ALTER TABLE t ALTER COLUMN c SET NOT NULL | set-not-null",
                "11  | ALTER TABLE t ATTACH PARTITION p DEFAULT | attach-partition-old-server",
                "12  | ALTER TABLE t ATTACH PARTITION p DEFAULT | attach-partition",
            })
    void the_servers_version_decides(String version, String sql, String rule) {
        assertThat(review(Dialect.POSTGRESQL, ServerVersion.of(version), sql)
                        .get(0)
                        .rule())
                .isEqualTo(rule);
    }

    @Test
    void adding_an_enum_value_in_a_transaction_fails_before_12() {
        var sql = "BEGIN; ALTER TYPE e ADD VALUE 'x'; COMMIT;";

        assertThat(review(Dialect.POSTGRESQL, ServerVersion.of("11"), sql)
                        .get(1)
                        .rule())
                .isEqualTo("enum-value-in-transaction");
        assertThat(review(Dialect.POSTGRESQL, ServerVersion.of("12"), sql)
                        .get(1)
                        .verdict())
                .isEqualTo(Verdict.SAFE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(20) | varchar(40) | SAFE | change-type-free",
                "varchar(20) | text | SAFE | change-type-free",
                "varchar(40) | varchar(20) | BLOCKING | change-type",
                "numeric(10,2) | numeric(12,2) | SAFE | change-type-free",
                "numeric(10,2) | numeric(10,1) | IRREVERSIBLE | change-type-loses",
                "int | bigint | BLOCKING | change-type",
                "bigint | int | IRREVERSIBLE | change-type-loses",
                "timestamp | timestamptz | WARN | change-type-in-utc",
                "timestamptz | date | IRREVERSIBLE | change-type-loses",
                "text | text[] | BLOCKING | change-type",
            })
    void a_type_that_an_earlier_file_gave_decides_what_its_change_takes(
            String old, String now, Verdict verdict, String rule) {
        var first = new ChangedFile("a.sql", "CREATE TABLE t (c " + old + ");");
        var second = new ChangedFile("b.sql", "ALTER TABLE t ALTER COLUMN c TYPE " + now + ";");
        var statement = new Reviewer(Dialect.POSTGRESQL, ServerVersion.of("14"))
                .review(List.of(first, second))
                .statements()
                .get(1);

        assertThat(statement.verdict()).isEqualTo(verdict);
        assertThat(statement.findings()).extracting(RuleFinding::rule).contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(20) | varchar(60) | SAFE",
                "varchar(60) | varchar(64) | BLOCKING",
                "varchar(64) | varchar(255) | SAFE",
                "varchar(255) | varchar(20) | IRREVERSIBLE",
                "int | bigint | BLOCKING",
                "int(11) | int | SAFE",
                "enum('a','b') | enum('a','b','c') | SAFE",
                "enum('a','b') | enum('a') | IRREVERSIBLE",
                "decimal(10,4) | decimal(10,2) | IRREVERSIBLE",
            })
    void mysql_knows_types_too(String old, String now, Verdict verdict) {
        var first = new ChangedFile("a.sql", "CREATE TABLE t (c " + old + ");");
        var second = new ChangedFile("b.sql", "ALTER TABLE t MODIFY COLUMN c " + now + ";");

        assertThat(new Reviewer(Dialect.MYSQL, ServerVersion.of("8.0"))
                        .review(List.of(first, second))
                        .statements()
                        .get(1)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void not_null_is_quick_after_a_check_that_an_earlier_file_validated() {
        var reviewer = new Reviewer(Dialect.POSTGRESQL, ServerVersion.of("14"));
        var files = List.of(
                new ChangedFile("1.sql", "ALTER TABLE t ADD CONSTRAINT k CHECK (c IS NOT NULL) NOT VALID;"),
                new ChangedFile("2.sql", "ALTER TABLE t VALIDATE CONSTRAINT k;"),
                new ChangedFile(
                        "3.sql", "ALTER TABLE t ALTER COLUMN c SET NOT NULL; ALTER TABLE t DROP CONSTRAINT k;"));

        assertThat(reviewer.review(files).statements())
                .extracting(ReviewedStatement::verdict)
                .containsOnly(Verdict.SAFE);
    }

    @Test
    void the_alternative_uses_the_statements_own_names() {
        var finding = review(Dialect.POSTGRESQL, ServerVersion.of("14"), "CREATE INDEX idx ON shop.orders (number);")
                .get(0)
                .gravest();

        assertThat(finding.alternative()).startsWith("CREATE INDEX CONCURRENTLY idx ON shop.orders (number);");
        assertThat(finding.lock()).isEqualTo("SHARE");
        assertThat(finding.blocks()).isEqualTo("writes");
    }

    @Test
    void a_missing_lock_timeout_is_a_note_and_changes_no_verdict() {
        var without = review(Dialect.POSTGRESQL, ServerVersion.of("14"), "ALTER TABLE t ADD COLUMN c int;")
                .get(0);
        var with = review(
                Dialect.POSTGRESQL, ServerVersion.of("14"), "SET lock_timeout = '2s'; ALTER TABLE t ADD COLUMN c int;");

        assertThat(without.verdict()).isEqualTo(Verdict.SAFE);
        assertThat(without.findings()).extracting(RuleFinding::rule).containsExactly("no-lock-timeout");
        assertThat(with.get(1).findings()).isEmpty();
    }

    private static List<ReviewedStatement> review(Dialect dialect, ServerVersion version, String sql) {
        return new Reviewer(dialect, version)
                .review(List.of(new ChangedFile("x.sql", sql)))
                .statements();
    }
}

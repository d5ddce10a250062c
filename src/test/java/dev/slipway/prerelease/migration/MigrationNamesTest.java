package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that SQL uses itself and people use as names. */
class MigrationNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date", "format", "line", "position", "values", "precision", "row", "out", "int", "none", "time",
                "timestamp", "interval", "type", "name", "value", "key", "level", "state", "text", "comment", "year"
            })
    void may_name_columns_and_tables(String name) {
        var sql = """
                CREATE TABLE fresh (id bigint PRIMARY KEY, %1$s bigint NOT NULL, day date);
                ALTER TABLE old ADD COLUMN %1$s bigint;
                CREATE INDEX CONCURRENTLY old_%1$s ON old (id, %1$s);
                CREATE TABLE %1$s (id bigint PRIMARY KEY);
                """.formatted(name);

        var statements = new Reviewer(Dialect.POSTGRESQL, ServerVersion.of("16"))
                .review(List.of(new ChangedFile("V1__names.sql", sql)))
                .statements();

        assertThat(statements)
                .hasSize(4)
                .allSatisfy(statement ->
                        assertThat(statement.verdict()).as(statement.toString()).isEqualTo(Verdict.SAFE));
    }
}

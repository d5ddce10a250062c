package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationSplitterTest {

    @Test
    void semicolons_in_quotes_comments_and_dollar_quotes_end_nothing() {
        assertThat(postgres("""
                SELECT 'a;b', "c;d"; -- x; y
                /* 1; /* nested; */ 2; */ CREATE FUNCTION f() RETURNS int AS $body$ BEGIN; RETURN 1; END $body$ LANGUAGE plpgsql;
                SELECT E'it\\'s;';
                """)).hasSize(3);
    }

    @Test
    void a_statement_knows_its_line_and_its_text() {
        var statements = StatementSplitter.split("\uFEFF-- first\n\nSELECT\n 1;\n\n  SELECT 2", Dialect.POSTGRESQL);

        assertThat(statements).extracting(Statement::line).containsExactly(3, 6);
        assertThat(statements).extracting(Statement::text).containsExactly("SELECT\n 1", "SELECT 2");
    }

    @Test
    void bodies_in_standard_sql_and_rules_stay_whole() {
        assertThat(postgres("""
                CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 END; SELECT 3; END;
                CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2));
                SELECT 1;
                """)).hasSize(3);
    }

    @Test
    void lines_for_psql_are_no_statements_but_what_they_bring_in_is_told() {
        var statements = StatementSplitter.split("""
                \\set ON_ERROR_STOP on
                \\connect shop
                SELECT 1;
                \\i more.sql
                COPY t (a) FROM stdin;
                1;
                \\.
                SELECT 2 \\g
                SELECT 3;
                """, Dialect.POSTGRESQL);

        assertThat(statements)
                .extracting(Statement::text)
                .containsExactly("SELECT 1", "\\i more.sql", "COPY t (a) FROM stdin", "SELECT 2", "SELECT 3");
        assertThat(statements.get(1).client()).isTrue();
    }

    @Test
    void mysql_has_delimiters_hashes_backticks_and_versioned_comments() {
        assertThat(mysql("""
                # a; comment
                SELECT `a;b`, "c;\\"d" FROM t; -- x
                DELIMITER //
                CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END//
                DELIMITER ;
                /*!40101 SET NAMES utf8 */;
                SELECT 5--1;
                """))
                .containsExactly(
                        "SELECT `a;b`, \"c;\\\"d\" FROM t",
                        "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
                        "SET NAMES utf8",
                        "SELECT 5--1");
    }

    @Test
    void mysql_routines_stay_whole_without_a_delimiter() {
        assertThat(mysql("""
                CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN
                  IF NEW.x > 1 THEN SET NEW.x = 1; END IF;
                  CASE NEW.y WHEN 1 THEN SET NEW.y = 2; END CASE;
                END;
                SELECT 1;
                """)).hasSize(2);
    }

    private static List<String> postgres(String text) {
        return texts(text, Dialect.POSTGRESQL);
    }

    private static List<String> mysql(String text) {
        return texts(text, Dialect.MYSQL);
    }

    private static List<String> texts(String text, Dialect dialect) {
        return StatementSplitter.split(text, dialect).stream()
                .map(Statement::text)
                .toList();
    }
}

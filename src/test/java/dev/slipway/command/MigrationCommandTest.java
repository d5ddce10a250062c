package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationCommandTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_safe_file_is_fine_and_says_nothing() throws IOException {
        assertThat(run("--dialect", "postgresql", file("a.sql", "ALTER TABLE t ADD COLUMN c int;")))
                .hasValue(0);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void a_finding_is_one_line_with_lock_what_waits_and_what_to_do_instead() throws IOException {
        var file = file("a.sql", "SELECT 1;\nCREATE INDEX i ON t (c);\n");

        assertThat(run("--dialect", "postgresql", file)).hasValue(1);
        assertThat(text(out).lines().toList())
                .singleElement()
                .asString()
                .startsWith(file + ":2: BLOCKING create-index: lock SHARE, blocks writes, reversible.")
                .contains("Instead: CREATE INDEX CONCURRENTLY i ON t (c);");
    }

    @Test
    void machines_get_an_entry_for_every_statement() throws IOException {
        var file = file("a.sql", "SELECT 1;\nALTER TABLE t DROP COLUMN c;\nALTER TABEL t;");

        assertThat(run("--dialect=postgres", "--json", file)).hasValue(1);
        var entries = new ObjectMapper().readTree(text(out));
        assertThat(entries).hasSize(3);
        assertThat(entries.get(1).get("file").asText()).isEqualTo(file);
        assertThat(entries.get(1).get("line").asInt()).isEqualTo(2);
        assertThat(entries.get(1).get("statement").asText()).isEqualTo("ALTER TABLE t DROP COLUMN c");
        assertThat(entries.get(1).get("rule").asText()).isEqualTo("drop-column");
        assertThat(entries.get(1).get("reversible").asBoolean()).isFalse();
        assertThat(entries.findValuesAsText("verdict")).contains("SAFE", "IRREVERSIBLE", "UNPARSED");
    }

    @Test
    void malformed_sql_is_a_finding_and_no_bad_input() throws IOException {
        assertThat(run("--dialect", "mysql", file("a.sql", "CREATE TABLE (("))).hasValue(1);
        assertThat(text(out)).contains("UNPARSED");
    }

    @Test
    void the_servers_version_counts() throws IOException {
        var file = file("a.sql", "ALTER TABLE t ADD COLUMN c int DEFAULT 0;");

        assertThat(run("--dialect", "postgresql", "--server-version", "10", file))
                .hasValue(1);
        assertThat(run("--dialect", "postgresql", "--server-version", "11", file))
                .hasValue(0);
    }

    @Test
    void what_is_skipped_is_said_beside_the_result() throws IOException {
        assertThat(run("--dialect", "mysql", "--json", file("1_a.down.sql", "DROP TABLE t;")))
                .hasValue(0);
        assertThat(text(out).strip()).isEqualTo("[]");
        assertThat(text(err)).contains("is not run in a release");
    }

    @Test
    void bad_input_is_told() throws IOException {
        var file = file("a.sql", "SELECT 1;");

        assertThat(run(file)).hasValue(2);
        assertThat(run("--dialect", "postgresql")).hasValue(2);
        assertThat(run("--dialect", "oracle", file)).hasValue(2);
        assertThat(run("--dialect", "mysql", "missing.sql")).hasValue(2);
        assertThat(run("--dialect", "mysql", "--xml", file)).hasValue(2);
        assertThat(run("--dialect", "mysql", "--server-version", "new", file)).hasValue(2);
        assertThat(run("--dialect", "mysql", file, "--server-version")).hasValue(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .contains("No dialect is named.")
                .contains("No file is named.")
                .contains("There is no dialect oracle: it is postgresql or mysql.")
                .contains("There is no file missing.sql.")
                .contains("There is no option --xml.")
                .contains("new is not the version of a server");
    }

    private OptionalInt run(String... args) {
        var all = new String[args.length + 1];
        all[0] = "review-migrations";
        System.arraycopy(args, 0, all, 1, args.length);
        return Commands.run(all, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}

package dev.slipway.prerelease.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.DependencyRules;
import dev.slipway.prerelease.CollectorBroke;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new and what only looks so. */
class DependencyFinderTest {

    private static final String READS = "const url = process.env.PAYMENT_URL;\n";

    @TempDir
    private Path directory;

    @Test
    void it_is_said_what_changed_why_it_matters_and_what_to_answer() {
        assertThat(found(Map.of("src/pay.js", "a\n"), Map.of("src/pay.js", "a\n" + READS)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.what()).isEqualTo("PAYMENT_URL is read now, and was not before.");
                    assertThat(one.why()).contains("not set");
                    assertThat(one.question()).isEqualTo("Is PAYMENT_URL set in production?");
                });
    }

    @Test
    void a_variable_that_was_read_elsewhere_before_is_not_new() {
        assertThat(found(
                        Map.of("src/old.js", READS, "src/pay.js", "a\n"),
                        Map.of("src/old.js", READS, "src/pay.js", "a\n" + READS)))
                .isEmpty();
    }

    @Test
    void a_variable_that_is_still_read_elsewhere_is_not_gone() {
        assertThat(found(
                        Map.of("src/old.js", READS, "src/pay.js", READS),
                        Map.of("src/old.js", READS, "src/pay.js", "a\n")))
                .isEmpty();
    }

    @Test
    void a_line_that_moved_into_another_file_is_no_change() {
        assertThat(found(
                        Map.of("src/old.js", "a\n" + READS, "src/new.js", "b\n"),
                        Map.of("src/old.js", "a\n", "src/new.js", "b\n" + READS)))
                .isEmpty();
    }

    @Test
    void a_variable_that_is_gone_is_shown_where_it_was() {
        assertThat(found(Map.of("src/pay.js", "a\n" + READS), Map.of("src/pay.js", "a\n")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.change()).isEqualTo(Change.REMOVED);
                    assertThat(one.line()).isEqualTo(2);
                    assertThat(one.what()).isEqualTo("PAYMENT_URL is not read any more (line of the version before).");
                });
    }

    @Test
    void a_variable_under_another_name_in_the_same_place_is_renamed() {
        assertThat(found(
                        Map.of("src/pay.js", READS),
                        Map.of("src/pay.js", READS.replace("PAYMENT_URL", "PAYMENTS_URL"))))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.change()).isEqualTo(Change.RENAMED);
                    assertThat(one.what()).isEqualTo("PAYMENTS_URL is read now, in place of PAYMENT_URL.");
                    assertThat(one.question()).contains("both PAYMENT_URL and PAYMENTS_URL");
                });
    }

    @Test
    void code_and_manifest_together_are_one_finding() {
        assertThat(found(
                        Map.of("src/pay.js", "a\n", ".env.example", "A=1\n"),
                        Map.of("src/pay.js", "a\n" + READS, ".env.example", "A=1\nPAYMENT_URL=\n")))
                .singleElement()
                .satisfies(one -> assertThat(one.what())
                        .isEqualTo("PAYMENT_URL is read now, and was not before; also in .env.example:2."));
    }

    @Test
    void a_variable_that_is_set_no_more_and_still_read_is_told() {
        var compose = "services:\n  shop:\n    environment:\n      PAYMENT_URL: x\n      OTHER: y\n";

        assertThat(found(
                        Map.of("src/pay.js", READS, "docker-compose.yml", compose),
                        Map.of(
                                "src/pay.js",
                                READS,
                                "docker-compose.yml",
                                compose.replace("      PAYMENT_URL: x\n", ""))))
                .singleElement()
                .satisfies(one -> assertThat(one.what())
                        .isEqualTo("PAYMENT_URL is not set any more (line of the version before), but is still read in"
                                + " src/pay.js:1."));
    }

    @Test
    void comments_tests_documentation_and_generated_files_are_no_uses() {
        var all = all(
                Map.of("a", "a"),
                Map.of(
                        "src/pay.js", "// process.env.PAYMENT_URL\n/* process.env.PAYMENT_URL\n process.env.X1 */\n",
                        "shop/pay.py",
                                "\"\"\"Reads os.environ['PAYMENT_URL'].\n\nos.getenv('X2')\n\"\"\"\n# os.getenv('X3')\n",
                        "pom.xml",
                                "<!-- <dependency><groupId>com.stripe</groupId><artifactId>stripe-java</artifactId> -->\n",
                        "src/pay.test.js", READS,
                        "src/test/java/PayTest.java", "System.getenv(\"PAYMENT_URL\");\n",
                        "docs/pay.md", READS,
                        "node_modules/pay/index.js", READS,
                        "package-lock.json", "\"stripe\": \"1.0.0\"\n"));

        assertThat(all.dependencies()).isEmpty();
        assertThat(all.notes())
                .containsExactly(
                        "Not looked at: 2 changed files of tests, 1 of documentation, 2 generated or of others.");
    }

    @Test
    void an_address_in_quotes_is_no_comment_and_usual_hosts_say_nothing() {
        assertThat(found(Map.of("src/a.js", "a\n"), Map.of("src/a.js", """
                                a
                                fetch('https://api.carrier.io/v1');
                                fetch('http://localhost:8080/x');
                                const ns = 'http://www.w3.org/2000/svg';
                                const e = 'https://example.com/x';
                                """)))
                .extracting(Dependency::name)
                .containsExactly("api.carrier.io");
    }

    @Test
    void a_topic_under_another_name_is_renamed() {
        var listener = "@KafkaListener(topics = \"%s\", groupId = \"shop\")\nvoid on(String order) {}\n";

        assertThat(found(
                        Map.of("src/main/java/Orders.java", listener.formatted("orders")),
                        Map.of("src/main/java/Orders.java", listener.formatted("orders.v2"))))
                .extracting(Dependency::what)
                .containsExactly("The queue or topic orders.v2 is consumed now, in place of orders.");
    }

    @Test
    void a_service_adds_rules_of_its_own() {
        var own = DependencyRules.read("own.yaml", """
                rules:
                  - name: settings-service
                    kind: environment-variable
                    files: ["**/*.js"]
                    pattern: 'settings[(]"(?<name>[a-z.]+)"[)]'
                    subject: "The central setting {name}"
                    question: "Does the settings service know {name}?"
                """);
        var found = Searched.between(
                        directory, Map.of("a.js", "a\n"), Map.of("a.js", "a\nsettings(\"pay.url\");\n"), own)
                .dependencies();

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.what()).isEqualTo("The central setting pay.url is read now, and was not before.");
            assertThat(one.question()).isEqualTo("Does the settings service know pay.url?");
        });
    }

    @Test
    void a_pattern_that_runs_wild_is_named_and_ends() {
        var own = DependencyRules.read("own.yaml", """
                rules:
                  - {name: wild, kind: feature-flag, files: ["**"], pattern: '(?<name>(a+)+)b'}
                """);

        assertThatThrownBy(() -> Searched.between(
                        directory, Map.of("a.js", "x\n"), Map.of("a.js", "x\n" + "a".repeat(1_500) + "\n"), own))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("rule wild takes too long on a.js");
    }

    @Test
    void odd_files_do_no_harm() {
        assertThat(found(
                        Map.of("package.json", "{", "pom.xml", "<project>"),
                        Map.of(
                                "package.json", "{ \"dependencies\": [[[",
                                "pom.xml", "<project><dependency>",
                                "k8s/a.yaml", "apiVersion: v1\n\t- : : {{{\nenv:\n-\n",
                                "src/one-line.js", "x".repeat(500_000) + READS)))
                .isEmpty();
    }

    private List<Dependency> found(Map<String, String> before, Map<String, String> after) {
        return all(before, after).dependencies();
    }

    private FoundDependencies all(Map<String, String> before, Map<String, String> after) {
        return Searched.between(directory, before, after, List.of());
    }
}

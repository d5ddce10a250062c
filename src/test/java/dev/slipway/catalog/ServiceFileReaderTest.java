package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.catalog.ServiceDefinition.AlertRule;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Consequence;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import dev.slipway.catalog.ServiceDefinition.Part;
import dev.slipway.catalog.ServiceDefinition.Signals;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import dev.slipway.release.RollbackStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFileReaderTest {

    /** As in the contract. */
    static final String CHECKOUT = """
            service: checkout
            owner: {group: team-checkout, releaseAuthority: checkout-leads}
            onCall: {calendar: "oncall/checkout.ics"}
            repository: {path: "/srv/git/checkout.git", migrations: "db/migration/**"}
            rollout:
              deployer: haproxy
              strategy: canary
              steps: [{weight: 5, bake: PT5M}, {weight: 25, bake: PT5M}, {weight: 100, bake: PT2M}]
            observation: {period: PT30M, interval: PT30S}
            metrics:
              - name: error-rate
                kind: error-rate
                source: prometheus
                query: 'sum(rate(errors{version="$version"}[1m]))'
                unit: ratio
                worseWhen: higher
                failAbove: 0.02
                compareWith: baseline
                critical: true
                onNoData: inconclusive
            windows: {timezone: Europe/Berlin, allowed: ["MON-THU 09:00-16:00"], freezes: ["calendars/company.ics"]}
            communication: {channel: {type: slack, name: "#releases"}, teams: [support, qa, product, on-call]}
            database: {dialect: postgresql, version: "14"}
            """;

    private static final String SMALLEST = """
            service: storefront
            rollout: {deployer: sandbox}
            metrics:
              - {name: errors, kind: error-rate, source: prometheus, query: up, failAbove: 1}
            """;

    private final Map<String, String> placeholders = new HashMap<>();
    private final ServiceFileReader reader =
            new ServiceFileReader(new KnownAdapters(Adapters.ALL), name -> Optional.ofNullable(placeholders.get(name)));

    @Test
    void the_contracts_example_is_read_as_written() {
        var checkout = good(CHECKOUT);

        assertThat(checkout.service()).isEqualTo("checkout");
        assertThat(checkout.group("release-authority")).isEqualTo("checkout-leads");
        assertThat(checkout.group("engineering")).isEqualTo("team-checkout");
        assertThat(checkout.onCall().calendar()).isEqualTo("oncall/checkout.ics");
        assertThat(checkout.repository())
                .isEqualTo(SampleService.sources("/srv/git/checkout.git", null, "db/migration/**"));
        assertThat(checkout.database()).isEqualTo(new ServiceDefinition.Database("postgresql", "14"));
        assertThat(checkout.rollout().steps())
                .containsExactly(
                        new Step(5, Duration.ofMinutes(5)),
                        new Step(25, Duration.ofMinutes(5)),
                        new Step(100, Duration.ofMinutes(2)));
        assertThat(checkout.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.kind()).isEqualTo(MetricKind.ERROR_RATE);
            assertThat(metric.query()).isEqualTo("sum(rate(errors{version=\"$version\"}[1m]))");
            assertThat(metric.failAbove()).isEqualTo(0.02);
            assertThat(metric.failBelow()).isNull();
            assertThat(metric.compareWith()).isEqualTo(CompareWith.BASELINE);
            assertThat(metric.critical()).isTrue();
        });
        assertThat(checkout.windows().allowed()).containsExactly("MON-THU 09:00-16:00");
        assertThat(checkout.communication().channel().name()).isEqualTo("#releases");
    }

    @Test
    void what_is_not_said_has_its_documented_default() {
        var storefront = good(SMALLEST);

        assertThat(storefront.rollout().strategy()).isEqualTo(Strategy.CANARY);
        assertThat(storefront.rollout().steps()).extracting(Step::weight).containsExactly(5.0, 25.0, 100.0);
        assertThat(storefront.rollout().reportWithin()).isEqualTo(Duration.ofMinutes(15));
        assertThat(storefront.observation().period()).isEqualTo(Duration.ofMinutes(30));
        assertThat(storefront.observation().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(storefront.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.worseWhen()).isEqualTo(WorseWhen.HIGHER);
            assertThat(metric.compareWith()).isEqualTo(CompareWith.NONE);
            assertThat(metric.onNoData()).isEqualTo(OnNoData.INCONCLUSIVE);
            assertThat(metric.critical()).isFalse();
        });
        assertThat(storefront.repository()).isNull();
        assertThat(storefront.database()).isNull();
        assertThat(storefront.onCall().people()).isEmpty();
        assertThat(storefront.windows().timezone()).isEqualTo("UTC");
        assertThat(storefront.communication().teams()).containsExactly("support", "qa", "product", "on-call");
        assertThat(storefront.communication().channel().type()).isEqualTo("in-app");
        assertThat(storefront.tests().minimumCoverage()).isNull();
    }

    @Test
    void holidays_are_calendars_beside_the_freezes() {
        assertThat(good(SMALLEST + "windows: {holidays: [calendars/de.ics, 'https://example.com/by.ics']}\n")
                        .windows()
                        .holidays())
                .containsExactly("calendars/de.ics", "https://example.com/by.ics");
        assertThat(good(SMALLEST).windows().holidays()).isEmpty();
        assertThat(lines(SMALLEST + "windows:\n  holidays: calendars/de.ics\n"))
                .containsExactly("shop.yaml:6: windows.holidays: is not a list, such as [first, second].");
        assertThat(lines(SMALLEST + "windows:\n  holidays: ['']\n"))
                .containsExactly("shop.yaml:6: windows.holidays[0]: is blank.");
        assertThat(lines(SMALLEST + "windows:\n  holiday: []\n"))
                .singleElement()
                .asString()
                .contains("holidays");
    }

    @Test
    void a_service_may_say_what_follows_from_alerts_and_reports() {
        var shop = good(SMALLEST + """
                alerts:
                  - {match: {alertname: ShopDown, severity: critical}, then: fail}
                  - {match: {job: shop-batch}, then: ask}
                signals: {critical: 2, high: 3, low: 10, within: PT1H, then: ask}
                """);

        assertThat(shop.alerts())
                .containsExactly(
                        new AlertRule(Map.of("alertname", "ShopDown", "severity", "critical"), Consequence.FAIL),
                        new AlertRule(Map.of("job", "shop-batch"), Consequence.ASK));
        assertThat(shop.signals()).isEqualTo(new Signals(2, 3, 10, Duration.ofHours(1), Consequence.ASK));
        assertThat(good(SMALLEST).alerts()).isEmpty();
        assertThat(good(SMALLEST).signals()).isEqualTo(Signals.USUAL);
    }

    @Test
    void rules_for_alerts_and_reports_that_can_not_work_are_refused() {
        assertThat(lines(SMALLEST + """
                alerts:
                  - {match: {}, then: fail}
                  - {match: {"a b": x}}
                  - {then: stop}
                signals: {critical: 0, high: 1.5, within: PT1S}
                """))
                .anyMatch(line -> line.endsWith("alerts[0].match: names no label, so that it would match every alert."))
                .anyMatch(line -> line.contains("alerts[1].match.a b: a b is not the name of a label"))
                .anyMatch(line -> line.contains("alerts[1].then: is missing."))
                .anyMatch(line -> line.contains("alerts[2].match: is missing."))
                .anyMatch(line -> line.contains("alerts[2].then: stop is none of fail, ask."))
                .anyMatch(line -> line.contains("signals.critical: 0 is not a number of reports (1 to 1000)."))
                .anyMatch(line -> line.contains("signals.high: 1.5 is not a number of reports (1 to 1000)."))
                .anyMatch(line -> line.contains("signals.within: PT1S is not between PT1M and PT168H."));
    }

    @Test
    void a_repository_may_say_what_its_tickets_and_dependencies_look_like() {
        var repository =
                good(CHECKOUT.replace("migrations: \"db/migration/**\"", """
                migrations: "db/migration/**", tickets: 'SHOP-\\d+', rules: [
                  {name: settings, kind: environment-variable, files: ["**/*.js"], pattern: 'setting[(](?<name>[A-Z]+)'}]""")).repository();

        assertThat(repository.tickets()).isEqualTo("SHOP-\\d+");
        assertThat(repository.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.kind()).isEqualTo(DependencyRule.Kind.ENVIRONMENT_VARIABLE);
            assertThat(rule.appliesTo("src/a.js")).isTrue();
            assertThat(rule.appliesTo("a.ts")).isFalse();
        });
    }

    @Test
    void rules_that_can_not_work_are_refused_with_line_and_reason() {
        assertThat(lines(SMALLEST + """
                repository:
                  path: /srv/git/shop.git
                  tickets: 'SHOP-(\\d+'
                  migrations: "/db/{a,b"
                  rules:
                    - {name: a, kind: enviroment-variable, files: ["**"], pattern: 'x'}
                    - {name: a, kind: feature-flag, pattern: '(?<name>x)', fils: []}
                """))
                .containsExactly(
                        "shop.yaml:7: repository.tickets: SHOP-(\\d+ is not a regular expression: Unclosed group at"
                                + " character 10.",
                        "shop.yaml:8: repository.migrations: /db/{a,b is not a glob from the top of the repository, with"
                                + " slashes, such as db/migration/**.",
                        "shop.yaml:10: repository.rules[0].pattern: has no group (?<name>…), so that nobody could say what"
                                + " was found.",
                        "shop.yaml:10: repository.rules[0].kind: enviroment-variable is none of migration,"
                                + " environment-variable, queue-worker, scheduled-job, third-party, feature-flag. Did you"
                                + " mean environment-variable?",
                        "shop.yaml:11: repository.rules[1].fils: is unknown here. Did you mean files?",
                        "shop.yaml:11: repository.rules[1].files: is missing. It says in which files to look, such as"
                                + " [\"**/*.java\"].",
                        "shop.yaml:11: repository.rules[1].name: a is the name of another rule, in line 10.");
    }

    @Test
    void all_at_once_is_one_step_by_default() {
        assertThat(good(SMALLEST.replace("deployer: sandbox", "deployer: sandbox, strategy: all-at-once"))
                        .rollout()
                        .steps())
                .containsExactly(new Step(100, Duration.ofMinutes(5)));
    }

    @Test
    void groups_deadlines_tests_and_the_serving_version_are_read_as_texts() {
        var definition = good(SMALLEST.replace("deployer: sandbox", "deployer: sandbox, serving: 1.10") + """
                groups: {qa: shop-testers}
                deadlines: {confirm-scope: PT4H}
                tests: {minimumCoverage: 80}
                """);

        assertThat(definition.group("qa")).isEqualTo("shop-testers");
        assertThat(definition.deadlines()).containsExactly(Map.entry("confirm-scope", Duration.ofHours(4)));
        assertThat(definition.tests().minimumCoverage()).isEqualTo(80);
        assertThat(definition.rollout().serving()).isEqualTo("1.10");
    }

    @Test
    void the_way_back_and_where_it_is_rehearsed_are_read() {
        var definition = good(SMALLEST + """
                haproxy: {url: "http://live"}
                rollback:
                  steps:
                    - {automatic: true, minutes: 1, what: give all traffic back, verify: the deployer says 100 %}
                    - {who: olga, minutes: 5, what: restart the workers, verify: queue age below 1 s}
                  rehearsal: {target: staging, deployer: haproxy, haproxy: {url: "http://staging"}, maximumAge: P30D}
                """);

        assertThat(definition.rollback().steps())
                .containsExactly(
                        new RollbackStep(true, null, 1, "give all traffic back", "the deployer says 100 %"),
                        new RollbackStep(false, "olga", 5, "restart the workers", "queue age below 1 s"));
        assertThat(definition.rehearsal())
                .isEqualTo(new ServiceDefinition.RehearsalPlan(
                        "staging", "haproxy", new Settings(Map.of("url", "http://staging")), Duration.ofDays(30)));
        assertThat(definition.settingsOf("haproxy").required("url")).isEqualTo("http://live");
        assertThat(good(SMALLEST).rollback()).isNull();
        assertThat(good(SMALLEST).rehearsal()).isNull();
    }

    @Test
    void a_rehearsal_takes_over_no_setting_of_production() {
        var definition = good("""
                service: shop
                haproxy: {url: "http://live", token: secret}
                rollout: {deployer: haproxy, haproxy: {backend: shop}}
                rollback: {rehearsal: {target: staging, deployer: haproxy, haproxy: {url: "http://staging"}}}
                metrics:
                  - {name: errors, kind: error-rate, source: prometheus, query: up, failAbove: 1}
                """);

        assertThat(definition.rehearsal().settings().values()).containsOnlyKeys("url");
        assertThat(definition.rehearsal().maximumAge()).isEqualTo(Duration.ofDays(90));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # section rollback                                                           | message
            steps: []                                                                    | steps: is empty. Leave it out where every release writes its own plan.
            steps: [revert]                                                              | steps[0]: is not a step such as {what: restart the workers, who: olga, minutes: 5, verify: queue age below 1 s}.
            steps: [{what: restart it all, minutes: 5, verify: age below 1 s}]           | steps[0].who: is missing. It says who does it; a step that a machine does is automatic: true.
            steps: [{what: restart x, who: olga, verify: age below 1 s}]                 | steps[0].minutes: is missing. It says how long the step takes.
            steps: [{what: restart x, who: olga, minutes: 0, verify: age below 1 s}]     | steps[0].minutes: 0 is not whole minutes (1 to 1440).
            steps: [{what: restart x, who: olga, minutes: 1.5, verify: age below 1 s}]   | steps[0].minutes: 1.5 is not whole minutes (1 to 1440).
            steps: [{what: as usual, who: olga, minutes: 5, verify: age below 1 s}]      | steps[0].what: as usual is too vague: say what is done.
            steps: [{what: restart x, who: olga, minutes: 5, verify: it works}]          | steps[0].verify: it works is too vague: say how to see that it worked.
            steps: [{what: restart x, who: olga, minutes: 5}]                            | steps[0].verify: is missing. It says how to see that the step has worked.
            steps: [{what: restart x, by: olga, minutes: 5, verify: z}]                  | steps[0].by: is unknown here. Known are what, who, minutes, verify, automatic.
            rehearsal: {deployer: sandbox}                                               | rehearsal.target: is missing. It is what people call the place, such as staging.
            rehearsal: {target: staging}                                                 | rehearsal.deployer: is missing. It names the adapter that serves the place.
            rehearsal: {target: "<>", deployer: haproxy}                                 | rehearsal.target: <> is not the name of a place, such as staging.
            rehearsal: {target: staging, deployer: none-such}                            | rehearsal.deployer: none-such is not a known deployer; there are haproxy, sandbox.
            rehearsal: {target: staging, deployer: haproxy, haproxy: {url: x}}           | rehearsal.haproxy.url: x is not an http URL.
            rehearsal: {target: staging, deployer: haproxy, maximumAge: 90d}             | rehearsal.maximumAge: 90d is not an ISO 8601 duration such as PT30S. Did you mean P90D?
            rehearsal: {target: staging, deployer: sandbox}                              | rehearsal.deployer: sandbox would order in production: name other settings beside it than those of the rollout.
            rehersal: {target: staging}                                                  | rehersal: is unknown here. Did you mean rehearsal?
            """)
    void a_bad_way_back_is_refused_with_line_path_and_reason(String section, String message) {
        assertThat(lines(SMALLEST + "rollback: {" + section + "}\n")).contains("shop.yaml:5: rollback." + message);
    }

    @Test
    void a_rollout_in_parts_is_wave_by_wave_and_component_by_component_with_settings_of_its_own() {
        var definition = good("""
                service: shop
                haproxy: {url: "http://proxy", backend: none, port: 1}
                rollout:
                  deployer: haproxy
                  steps: [{weight: 10, bake: PT1M}, {weight: 100, bake: PT1M}]
                  haproxy: {port: 2}
                  components:
                    - {name: worker, deployer: sandbox, strategy: all-at-once}
                    - {name: web, haproxy: {backend: web}}
                  waves:
                    - {name: eu, haproxy: {url: "http://eu"}, sandbox: {place: eu}}
                    - {name: us, sandbox: {place: us}}
                metrics:
                  - {name: errors, kind: error-rate, source: prometheus, query: up, failAbove: 1}
                """);

        assertThat(definition.parts())
                .extracting(
                        Part::inWords,
                        Part::key,
                        Part::deployer,
                        Part::strategy,
                        part -> part.steps().size())
                .containsExactly(
                        tuple("worker in eu", "worker@eu", "sandbox", Strategy.ALL_AT_ONCE, 1),
                        tuple("web in eu", "web@eu", "haproxy", Strategy.CANARY, 2),
                        tuple("worker in us", "worker@us", "sandbox", Strategy.ALL_AT_ONCE, 1),
                        tuple("web in us", "web@us", "haproxy", Strategy.CANARY, 2));
        assertThat(definition.parts().get(1).settings().values())
                .isEqualTo(Map.of("url", "http://eu", "backend", "web", "port", 2));
        assertThat(definition.parts().get(3).settings().values())
                .isEqualTo(Map.of("url", "http://proxy", "backend", "web", "port", 2));
        assertThat(definition.rolloutTime()).isEqualTo(Duration.ofMinutes(14));
    }

    @Test
    void a_rollout_without_parts_is_one_part() {
        var part = good(SMALLEST).parts().get(0);
        assertThat(good(SMALLEST).parts()).hasSize(1);
        assertThat(part.key()).isNull();
        assertThat(part.inWords()).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # section rollout                                                                  | message
            components: []                                                                     | components: is empty. Leave it out where there are no components.
            components: [web]                                                                  | components[0]: is not a mapping with a name, such as {name: eu-west}.
            components: [{sandbox: {a: b}}]                                                    | components[0].name: is missing. It is what people call this part, such as worker or eu-west.
            components: [{name: Web}]                                                          | components[0].name: Web is not a name: 1 to 41 lower-case letters, digits and hyphens, no hyphen first.
            components: [{name: a, sandbox: {x: 1}}, {name: a}]                                | components[1].name: a stands here twice.
            components: [{name: a}, {name: b}]                                                 | components[1]: b and a are told apart by nothing: name settings of sandbox beside each.
            components: [{name: a, deployer: haproxi}]                                         | components[0].deployer: haproxi is not a known deployer; there are haproxy, sandbox. Did you mean haproxy?
            components: [{name: a, deployer: haproxy, haproxy: {url: x}}]                      | components[0].haproxy.url: x is not an http URL.
            components: [{name: a, haproxy: {url: x}}]                                         | components[0].haproxy: is unknown here. Known are name, deployer, strategy, steps, sandbox.
            components: [{name: a, strategy: all-at-once, steps: [{weight: 5}, {weight: 100}]}] | components[0].steps: has 2 steps, but all-at-once is one step of weight 100. Did you mean strategy: canary?
            waves: [{name: eu, haproxy: {a: b}}]                                               | waves[0].haproxy: is unknown here. Known are name, sandbox.
            waves: [{name: eu}, {name: us}]                                                    | waves[1]: us and eu are told apart by nothing: name settings of sandbox beside each.
            """)
    void bad_parts_are_refused_with_line_path_and_reason(String section, String message) {
        assertThat(lines(SMALLEST.replace("{deployer: sandbox}", "{deployer: sandbox, " + section + "}")))
                .contains("shop.yaml:2: rollout." + message);
    }

    @Test
    void settings_stand_under_an_adapters_name_at_the_top_in_the_rollout_and_beside_a_metric_or_channel() {
        var definition = good("""
                service: shop
                haproxy: {port: 8404, nested: {list: [1, two, 1.10]}, secure: true, note: "true"}
                rollout: {deployer: haproxy, haproxy: {backend: shop}}
                scrape: {url: "http://shop/metrics"}
                metrics:
                  - {name: errors, kind: error-rate, source: scrape, query: up, failAbove: 1, scrape: {timeout: PT2S}}
                slack: {token: t}
                communication: {channel: {type: slack, slack: {mention: here}}}
                """);

        assertThat(definition.settingsOf("haproxy").values())
                .containsEntry("port", 8404)
                .containsEntry("secure", true)
                .containsEntry("note", "true")
                .containsEntry("nested", Map.of("list", List.of(1, "two", "1.10")))
                .containsEntry("backend", "shop");
        assertThat(definition.settingsOf("scrape").values()).containsOnlyKeys("url");
        assertThat(definition.metrics().get(0).settings().values()).containsOnlyKeys("timeout");
        assertThat(definition.communication().channel().settings().values()).containsOnlyKeys("token", "mention");
    }

    @Test
    void placeholders_are_replaced_in_settings_and_queries_and_the_version_is_left_alone() {
        placeholders.put("shop.url", "http://shop:8080");
        var definition = good("""
                service: shop
                rollout: {deployer: sandbox}
                scrape: {url: "${shop.url}/metrics"}
                metrics:
                  - {name: errors, kind: error-rate, source: scrape, query: 'up{u="${shop.url}",v="$version"}', failAbove: 1}
                """);

        assertThat(definition.settingsOf("scrape").required("url")).isEqualTo("http://shop:8080/metrics");
        assertThat(definition.metrics().get(0).query()).isEqualTo("up{u=\"http://shop:8080\",v=\"$version\"}");
    }

    @Test
    void an_unknown_placeholder_is_named_when_the_file_is_to_be_in_force_and_passes_a_check_elsewhere() {
        var text = SMALLEST + "prometheus: {url: '${prometheus.url}', user: '${user}'}\n";

        assertThat(lines(text))
                .containsExactly(
                        "shop.yaml:5: prometheus.url: The placeholder ${prometheus.url} is unknown."
                                + " Set slipway.placeholders.prometheus.url.",
                        "shop.yaml:5: prometheus.user: The placeholder ${user} is unknown."
                                + " Set slipway.placeholders.user.");
        assertThat(reader.read("shop.yaml", text, Purpose.CHECK).problems()).isEmpty();
    }

    @Test
    void no_message_and_no_print_shows_what_a_placeholder_stands_for() {
        placeholders.put("token", "hunter2-secret");
        var read = reader.read("shop.yaml", SMALLEST + "prometheus: {url: '${token}'}\n", Purpose.PUT_IN_FORCE);

        assertThat(read.problems())
                .extracting(FileProblem::toString)
                .containsExactly("shop.yaml:5: prometheus.url: ${token} is not an http URL.");
        assertThat(read.toString()).doesNotContain("hunter2-secret");
    }

    @Test
    void a_release_goes_on_with_a_text_that_would_be_refused_today() {
        var text = CHECKOUT.replace("haproxy", "gone").replace("0.02", "2.0") + "former: key\ngone: {key: '${gone}'}\n";

        assertThat(reader.read("x", text, Purpose.PUT_IN_FORCE).problems()).isNotEmpty();
        var definition = reader.read("x", text, Purpose.READ_AGAIN).definition();
        assertThat(definition.rollout().deployer()).isEqualTo("gone");
        assertThat(definition.settingsOf("gone").required("key")).isEqualTo("${gone}");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # change of the contract's example                  | message
            failAbove: 0.02 => failAbove: 2.0                    | 17: metrics[0].failAbove: 2.0 is not a ratio (0 to 1). Did you mean 0.02?
            failAbove: 0.02 => failAbove: -1                     | 17: metrics[0].failAbove: -1 is not a ratio (0 to 1).
            failAbove: 0.02 => failAbove: two                    | 17: metrics[0].failAbove: two is not a number.
            failAbove: 0.02 => failAbove: .nan                   | 17: metrics[0].failAbove: .nan is not a number.
            failAbove: 0.02 => failAbov: 0.02                    | 17: metrics[0].failAbov: is unknown here. Did you mean failAbove?
            failAbove: 0.02 => failAbove: 0.02, 0.03             | 17: metrics[0].failAbove: 0.02, 0.03 is not a number.
            compareWith: baseline => failBelow: 0.02             | 18: metrics[0].failBelow: 0.02 is not below failAbove (0.02): no value could pass.
            compareWith: baseline => compareWith: basline        | 18: metrics[0].compareWith: basline is none of none, before, baseline. Did you mean baseline?
            critical: true => critical: yes                      | 19: metrics[0].critical: yes is neither true nor false.
            critical: true => dryRun: true                       | 10: metrics: No metric can fail a release. Give one a limit (failAbove, failBelow) or a comparison (compareWith), and not dryRun.
            critical: true => minimumSample: 5                   | 19: metrics[0].minimumSample: There is no sampleQuery that could reach it.
            critical: true => tolerance: 20                      | 19: metrics[0].tolerance: 20 is not a relative tolerance (0 to 10, 0.2 for a fifth). Did you mean 0.2?
            onNoData: inconclusive => onNoData: pass             | 20: metrics[0].onNoData: pass is none of inconclusive, fail.
            source: prometheus => source: promethus              | 13: metrics[0].source: promethus is not a known metric source; there are prometheus, scrape. Did you mean prometheus?
            source: prometheus => source: haproxy                | 13: metrics[0].source: haproxy is not a known metric source; there are prometheus, scrape.
            source: prometheus => source: scrape                 | 13: scrape.url: is missing
            kind: error-rate => description: x                   | 11: metrics[0].kind: is missing. It is one of error-rate, latency, business, background, saturation.
            deployer: haproxy => deployer: kubernetes            | 6: rollout.deployer: kubernetes is not a known deployer; there are haproxy, sandbox.
            strategy: canary => strategy: all-at-once            | 8: rollout.steps: has 3 steps, but all-at-once is one step of weight 100. Did you mean strategy: canary?
            strategy: canary => strategy: big-bang               | 7: rollout.strategy: big-bang is none of canary, blue-green, feature-flag, all-at-once.
            weight: 25 => weight: 5                              | 8: rollout.steps[1].weight: 5 is not above the step before it (5).
            weight: 25 => weight: 0                              | 8: rollout.steps[1].weight: 0 is not a percentage of traffic (above 0, at most 100).
            weight: 100 => weight: 50                            | 8: rollout.steps[2].weight: 50 is the last step; it must be 100, or the version never reaches everybody.
            bake: PT2M => bake: 2m                               | 8: rollout.steps[2].bake: 2m is not an ISO 8601 duration such as PT30S. Did you mean PT2M?
            bake: PT2M => bake: PT-2M                            | 8: rollout.steps[2].bake: PT-2M is not between PT1S and PT168H.
            interval: PT30S => interval: PT1H                    | 9: observation.interval: PT1H is not between PT1S and PT10M.
            period: PT30M => period: PT10S                       | 9: observation.interval: PT30S is longer than the period (PT10S): nothing would be judged.
            period: PT30M => periode: PT30M                      | 9: observation.periode: is unknown here. Did you mean period?
            Europe/Berlin => Europe/Berlyn                       | 21: windows.timezone: Europe/Berlyn is not a time zone such as Europe/Berlin. Did you mean Europe/Berlin?
            MON-THU 09:00-16:00 => Mon-Thu 9-16                  | 21: windows.allowed[0]: Mon-Thu 9-16 is not days and hours such as MON-THU 09:00-16:00 or SAT,SUN 10:00-12:00.
            MON-THU 09:00-16:00 => MON-THU 16:00-09:00           | 21: windows.allowed[0]: MON-THU 16:00-09:00 ends before it begins.
            ["MON-THU 09:00-16:00"] => MON-THU                   | 21: windows.allowed: is not a list, such as [first, second].
            type: slack => type: slak                            | 22: communication.channel.type: slak is not a known channel; there are in-app, slack. Did you mean slack?
            [support, qa => [suport, qa                          | 22: communication.teams[0]: suport is not one of Slipway's groups: release-managers, release-authority, engineering, qa, support, product, on-call, database, process-designers. Did you mean support?
            service: checkout => service: Check Out              | 1: service: Check Out is not a service name: 1 to 63 lower-case letters, digits and hyphens, no hyphen first. Did you mean check-out?
            service: checkout => service: ${name}                | 1: service: Placeholders can stand only in settings of adapters and in queries of metrics.
            service: checkout => servce: checkout                | 1: servce: is unknown here. Did you mean service?
            service: checkout => # checkout                      | 2: service: is missing. It names the service that is released.
            group: team-checkout => team: team-checkout          | 2: owner.team: is unknown here. Known are group, releaseAuthority.
            path: "/srv => url: "/srv                            | 4: repository.url: /srv/git/checkout.git is not the URL of a repository (https, ssh, git, file, or user@host:path).
            path: "/srv/git/checkout.git", => nothing              | 4: repository: names neither a path nor a url.
            dialect: postgresql => dialect: postgres             | 23: database.dialect: postgres is not a dialect that is known: postgresql, mysql. Did you mean postgresql?
            dialect: postgresql, => nothing                      | 23: database.dialect: is missing. It says whose SQL the migrations are: postgresql, mysql.
            version: "14" => version: new                        | 23: database.version: new is not the version of a server, such as "14" or "8.0.36".
            owner: { => service: x #                             | 2: service: stands here twice, first in line 1.
            """)
    void a_bad_file_is_refused_with_line_path_and_reason(String change, String message) {
        var parts = change.split(" => ", 2);
        var replacement = parts[1].equals("nothing") ? "" : parts[1];
        assertThat(CHECKOUT).contains(parts[0]);

        assertThat(lines(CHECKOUT.replace(parts[0], replacement))).contains("shop.yaml:" + message);
    }

    @Test
    void what_is_asked_of_tests_is_read_with_its_defaults() {
        var asked = good(SMALLEST + """
                tests:
                  minimumCoverage: 80
                  maximumAge: P2D
                  required: [unit, integration]
                  statuses:
                    github: {repository: acme/checkout, checks: [build, "e2e (chrome)"]}
                    gitlab: {project: acme/shop/checkout, jobs: [rspec]}
                """).tests();

        assertThat(asked.maximumAge()).isEqualTo(Duration.ofDays(2));
        assertThat(asked.required()).containsExactly("unit", "integration");
        assertThat(asked.statuses().github())
                .isEqualTo(new ServiceDefinition.GitHubChecks("acme/checkout", List.of("build", "e2e (chrome)")));
        assertThat(asked.statuses().gitlab())
                .isEqualTo(new ServiceDefinition.GitLabJobs("acme/shop/checkout", List.of("rspec")));
        var nothing = good(SMALLEST).tests();
        assertThat(nothing).isEqualTo(new ServiceDefinition.Tests(null, Duration.ofDays(7), List.of(), null));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            minimumCoverage: 101                                 | 5: tests.minimumCoverage: 101 is not a percentage of lines (0 to 100).
            maximumAge: 7 days                                   | 5: tests.maximumAge: 7 days is not an ISO 8601 duration such as PT30S. Did you mean P7D?
            maximumAge: P91D                                     | 5: tests.maximumAge: P91D is not between PT1M and PT2160H.
            maxAge: P1D                                          | 5: tests.maxAge: is unknown here. Known are minimumCoverage, maximumAge, required, statuses.
            required: unit                                       | 5: tests.required: is not a list, such as [first, second].
            required: [unit, unit]                               | 5: tests.required[1]: unit stands here twice.
            statuses: {}                                         | 5: tests.statuses: names neither github nor gitlab.
            statuses: {jenkins: {}}                              | 5: tests.statuses.jenkins: is unknown here. Known are github, gitlab.
            statuses: {github: {checks: [build]}}                | 5: tests.statuses.github.repository: is missing. It says where the statuses are, such as acme/checkout.
            statuses: {github: {repository: acme/checkout}}      | 5: tests.statuses.github.checks: is missing. It names what must succeed.
            statuses: {github: {repository: a/b, checks: []}}    | 5: tests.statuses.github.checks: is empty. Name at least one that must succeed.
            statuses: {github: {repository: a/../b, checks: [x]}} | 5: tests.statuses.github.repository: a/../b is not the path of a repository, such as acme/checkout.
            statuses: {github: {repository: a/.., checks: [x]}}  | 5: tests.statuses.github.repository: a/.. is not the path of a repository, such as acme/checkout.
            statuses: {gitlab: {project: shop, jobs: [x]}}       | 5: tests.statuses.gitlab.project: shop is not the path of a project, such as acme/shop/checkout.
            statuses: {gitlab: {project: a/b, checks: [x]}}      | 5: tests.statuses.gitlab.checks: is unknown here. Known are project, jobs.
            """)
    void what_is_asked_of_tests_is_refused_with_line_path_and_reason(String asked, String message) {
        assertThat(lines(SMALLEST + "tests: {" + asked + "}\n")).contains("shop.yaml:" + message);
    }

    @Test
    void every_problem_of_a_file_is_reported_not_the_first_only() {
        assertThat(lines("""
                        service: shop
                        rollout: {deployer: none-such, steps: [{weight: 200}]}
                        metrics:
                          - {name: a, kind: latency, source: prometheus, query: x, failAbove: 1}
                          - {name: a, kind: latency, source: prometheus, query: x, failAbove: much}
                        windows: {timezone: Mars}
                        """))
                .containsExactly(
                        "shop.yaml:2: rollout.deployer: none-such is not a known deployer; there are haproxy, sandbox.",
                        "shop.yaml:2: rollout.steps[0].weight: 200 is not a percentage of traffic (above 0, at most 100).",
                        "shop.yaml:5: metrics[1].failAbove: much is not a number.",
                        "shop.yaml:5: metrics[1].name: a is the name of another metric, in line 4.",
                        "shop.yaml:6: windows.timezone: Mars is not a time zone such as Europe/Berlin.");
    }

    @Test
    void what_an_adapter_finds_wrong_is_reported_where_the_setting_stands_and_once() {
        var text = SMALLEST + """
                  - {name: more, kind: latency, source: prometheus, query: x, prometheus: {timeout: soon}}
                prometheus:
                  url: gopher://old
                  timeout: later
                """;

        assertThat(lines(text))
                .containsExactly(
                        "shop.yaml:5: metrics[1].prometheus.timeout: soon is not an ISO 8601 duration such as PT30S",
                        "shop.yaml:8: prometheus.timeout: later is not an ISO 8601 duration such as PT30S");
    }

    @Test
    void a_group_that_slipway_does_not_know_can_not_be_replaced() {
        assertThat(lines(SMALLEST + "groups: {tester: x}\ndeadlines: {Confirm Scope: PT1H, confirm-scope: never}\n"))
                .containsExactly(
                        "shop.yaml:5: groups.tester: is unknown here. Known are release-managers, release-authority,"
                                + " engineering, qa, support, product, on-call, database, process-designers.",
                        "shop.yaml:6: deadlines.Confirm Scope: Confirm Scope is not the id of a task, such as confirm-scope.",
                        "shop.yaml:6: deadlines.confirm-scope: never is not an ISO 8601 duration such as PT30S.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "~",
                "[]",
                "text",
                "- a",
                "service",
                "metrics: 1",
                "rollout: []",
                "? [a]\n: b",
                "{"
            })
    void a_text_of_another_shape_is_refused_and_breaks_nothing(String text) {
        var read = reader.read("shop.yaml", text, Purpose.PUT_IN_FORCE);

        assertThat(read.definition()).isNull();
        assertThat(read.problems()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: &x [1, 2]                         | The anchor &x is not allowed. Leave it out.
            a: *x                                | The alias *x is not allowed. Write the value out.
            a: !!javax.script.ScriptEngine []    | The tag tag:yaml.org,2002:javax.script.ScriptEngine is not allowed. Leave it out.
            a: !custom x                         | The tag !custom is not allowed. Leave it out.
            """)
    void anchors_aliases_and_tags_are_refused_with_their_line(String line, String reason) {
        assertThat(lines("# first\n" + line)).containsExactly("shop.yaml:2: " + reason);
    }

    @Test
    @Timeout(5)
    void a_yaml_bomb_is_refused_before_it_unfolds() {
        var bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(lines(bomb.toString())).containsExactly("shop.yaml:1: The anchor &a0 is not allowed. Leave it out.");
    }

    @Test
    @Timeout(5)
    void a_text_too_deep_or_too_large_is_refused() {
        assertThat(lines("a: " + "[".repeat(90_000)))
                .containsExactly("shop.yaml:1: The file is nested more than 20 levels deep.");
        assertThat(lines("a".repeat(200_001))).containsExactly("shop.yaml:1: The file is larger than 200 kB.");
    }

    @Test
    void what_is_not_yaml_is_refused_with_the_line() {
        assertThat(lines("service: shop\nrollout: {deployer\nmetrics: ]"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:3: This is not YAML: ");
        assertThat(lines("service: a\n---\nservice: b\n"))
                .containsExactly("shop.yaml:2: A second document begins here. One file describes one service.");
    }

    @Test
    @Timeout(10)
    void what_is_absurdly_daysis_refused_in_one_short_line() {
        var days = "MON,".repeat(40_000);
        assertThat(lines(SMALLEST + "windows: {allowed: ['" + days + "']}\n"))
                .singleElement()
                .asString()
                .hasSizeLessThan(600);
        assertThat(lines(SMALLEST + "windows: {timezone: '" + days + "'}\n")).hasSize(1);
        assertThat(lines(SMALLEST + "sandbox: {x: '" + "${".repeat(90_000) + "'}\n"))
                .isEmpty();
        assertThat(lines(SMALLEST + "\"a\\nb\": 1\n"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:5: a b: is unknown here. Known are service, ");
    }

    private ServiceDefinition good(String text) {
        var read = reader.read("shop.yaml", text, Purpose.PUT_IN_FORCE);
        assertThat(read.problems()).isEmpty();
        return read.definition();
    }

    private List<String> lines(String text) {
        return reader.read("shop.yaml", text, Purpose.PUT_IN_FORCE).problems().stream()
                .map(FileProblem::toString)
                .toList();
    }
}

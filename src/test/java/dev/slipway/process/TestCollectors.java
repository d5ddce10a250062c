package dev.slipway.process;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Collector;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.Finding;
import dev.slipway.release.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The collectors of diagram tests: each finds what the test says, and does not apply where it says nothing. */
@TestConfiguration
class TestCollectors {

    private final Map<String, Supplier<Collected>> script = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();

    void reset() {
        script.clear();
        looks.clear();
    }

    void finds(String collector, Map<String, Object> facts, Finding... findings) {
        script.put(collector, () -> new Collected("The " + collector + " are known.", List.of(findings), facts));
    }

    void breaks(String collector, String why) {
        script.put(collector, () -> {
            throw new CollectorBroke(why);
        });
    }

    /** Nothing needs a person. */
    void knowEverything() {
        finds("scope", Map.of("changeCount", 2, "batchRatio", 1.0));
        finds("dependencies", Map.of());
        finds("migrations", Map.of("migrationCount", 0, "migrationVerdict", "NONE"));
        finds("tests", Map.of("testsVerdict", "PASSED"));
        finds("rollback-plan", Map.of("manualStepCount", 0, "planComplete", true));
        finds("on-call", Map.of("onCallGaps", 0));
    }

    static Finding finding(Finding.Severity severity, String file, String what) {
        return new Finding("test", severity, file, 3, what, "It matters.", "Is it fine?", null, null);
    }

    /** @return how often it has looked */
    int looks(String collector) {
        return looks.getOrDefault(collector, 0);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testScope() {
        return new Scripted("scope");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testDependencies() {
        return new Scripted("dependencies");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testMigrations() {
        return new Scripted("migrations");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testTests() {
        return new Scripted("tests");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testRollbackPlan() {
        return new Scripted("rollback-plan");
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Collector testOnCall() {
        return new Scripted("on-call");
    }

    private final class Scripted implements Collector {

        private final String name;

        private Scripted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean appliesTo(Release release, ServiceDefinition definition) {
            return script.containsKey(name);
        }

        @Override
        public Collected collect(Release release, ServiceDefinition definition) {
            looks.merge(name, 1, Integer::sum);
            return script.get(name).get();
        }
    }
}

package dev.slipway.prerelease.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.Samples;
import dev.slipway.prerelease.git.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedMigrationsTest {

    @TempDir
    private Path directory;

    @Test
    void migrations_come_in_the_order_of_their_versions_and_changed_ones_are_marked() {
        try (var test = new TestRepository(directory.resolve("shop.git"))) {
            test.file("db/migration/V1__a.sql", "create table a (x int);\n");
            test.file("db/migration/V2__b.sql", "create table b (x int);\n");
            test.file("db/migration/R__view.sql", "create view v as select 1;\n");
            test.commit("feat: a");
            test.tag("v1.0.0");
            test.file("db/migration/V1__a.sql", "create table a (x int, y int);\n");
            test.without("db/migration/V2__b.sql");
            test.file("db/migration/V10__d.sql", "drop table c;\n");
            test.file("db/migration/V9__c.sql", "create table c (z text);\n");
            test.file("db/migration/R__view.sql", "create view v as select 2;\n");
            test.file("db/migration/U9__c.sql", "drop table c;\n");
            test.commit("feat: b");
            test.tag("v1.1.0");
        }

        for (var glob : List.of("", "db/migration/**")) {
            assertThat(migrations(glob.isEmpty() ? null : glob))
                    .extracting(file -> "%s %s %s".formatted(file.path(), file.edited(), file.deleted()))
                    .containsExactly(
                            "db/migration/V1__a.sql true false",
                            "db/migration/V2__b.sql true true",
                            "db/migration/V9__c.sql false false",
                            "db/migration/V10__d.sql false false",
                            "db/migration/R__view.sql false false");
        }
        assertThat(migrations(null).get(0).text()).isEqualTo("create table a (x int, y int);\n");
        assertThat(migrations(null).get(1).text()).isEqualTo("create table b (x int);\n");
        assertThat(migrations("other/**")).isEmpty();
    }

    @Test
    void the_collector_counts_and_asks() {
        try (var test = new TestRepository(directory.resolve("shop.git"))) {
            test.file("a", "a").commit("feat: a");
            test.tag("v1.0.0");
            test.file("sql/1.sql", "create table a (x int);\n");
            test.file("src/a.js", "process.env.PAYMENT_URL\n");
            test.commit("feat: b");
            test.tag("v1.1.0");
        }
        var service = service("sql/*.sql");
        var collector = new DependencyCollector(access());
        var release = Samples.release("1.1.0", "1.0.0", null, null);

        assertThat(collector.appliesTo(release, service)).isTrue();
        assertThat(collector.appliesTo(release, Samples.service(null))).isFalse();
        var collected = collector.collect(release, service);
        assertThat(collected.summary()).isEqualTo("Other than before: 1 migration, 1 environment variable.");
        assertThat(collected.facts())
                .containsEntry("migrationFiles", 1)
                .containsEntry("environmentVariables", 1)
                .containsEntry("thirdParties", 0);
    }

    private List<MigrationFile> migrations(String glob) {
        return new ChangedMigrations(access()).of(Samples.release("1.1.0", "1.0.0", null, null), service(glob));
    }

    private RepositoryAccess access() {
        return new RepositoryAccess(directory.resolve("cache"), Duration.ofSeconds(10), Map.of());
    }

    private ServiceDefinition service(String glob) {
        return Samples.service(
                SampleService.sources(directory.resolve("shop.git").toString(), null, glob));
    }
}

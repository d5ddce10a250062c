package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.prerelease.dependency.DependencyFinder;
import dev.slipway.prerelease.dependency.FoundDependencies;
import dev.slipway.prerelease.dependency.RuleBook;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.Revisions;
import dev.slipway.prerelease.scope.Scope;
import dev.slipway.prerelease.scope.ScopeReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to collect scope and dependencies of a large release. The limit is on processor time, so that other
 * work on the machine does not decide; the time on the clock is printed beside it.
 */
class ScopeBenchmarkTest {

    @TempDir
    private Path directory;

    private record Collected(Scope scope, FoundDependencies dependencies, Duration took, Duration processor) {}

    @Test
    void a_small_release_is_collected_rightly() {
        new LargeRepository(60, 30).write(directory.resolve("small.git"));
        var collected = collected("small.git", "v2.0.0");

        assertThat(collected.scope().commits()).hasSize(1);
        assertThat(collected.scope().files()).isEqualTo(31);
        assertThat(collected.scope().batch().known()).isTrue();
        assertThat(collected.dependencies().dependencies()).isNotEmpty();
    }

    @Test
    @Tag("benchmark")
    void twenty_thousand_commits_and_three_thousand_changed_files_take_less_than_ten_seconds() {
        new LargeRepository(20_000, 3_000).write(directory.resolve("large.git"));

        for (var from : List.of("v2.0.0", "v1.1.0")) {
            var collected = collected("large.git", from);
            System.out.printf(
                    "%s to v2.1.0: %d commits, %d files, %d lines, %d dependencies in %.1f s, %.1f s of the processor%n",
                    from,
                    collected.scope().commits().size(),
                    collected.scope().files(),
                    collected.scope().linesChanged(),
                    collected.dependencies().dependencies().size(),
                    collected.took().toMillis() / 1000.0,
                    collected.processor().toMillis() / 1000.0);
            assertThat(collected.scope().files()).isEqualTo(3_001);
            assertThat(collected.processor()).isLessThan(Duration.ofSeconds(10));
        }
    }

    private Collected collected(String name, String from) {
        var access = new RepositoryAccess(directory.resolve("cache"), Duration.ofSeconds(10), Map.of());
        var threads = ManagementFactory.getThreadMXBean();
        var begin = System.nanoTime();
        var worked = threads.getCurrentThreadCpuTime();
        try (var repository = access.local(directory.resolve(name).toString());
                var walk = new RevWalk(repository.jgit())) {
            var range = new Revisions(repository, null).range(from, "v2.1.0", walk);
            var scope = new ScopeReader(repository, null).scope(range, walk);
            var dependencies = new DependencyFinder(repository, RuleBook.with(List.of())).find(range);
            return new Collected(
                    scope,
                    dependencies,
                    Duration.ofNanos(System.nanoTime() - begin),
                    Duration.ofNanos(threads.getCurrentThreadCpuTime() - worked));
        }
    }
}

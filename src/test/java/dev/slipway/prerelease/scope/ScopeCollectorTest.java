package dev.slipway.prerelease.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.Revisions;
import dev.slipway.prerelease.git.Samples;
import dev.slipway.prerelease.git.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeCollectorTest {

    @TempDir
    private Path directory;

    private TestRepository repository;
    private RepositoryAccess access;

    @BeforeEach
    void create() {
        repository = new TestRepository(directory.resolve("shop.git"));
        access = new RepositoryAccess(directory.resolve("cache"), Duration.ofSeconds(10), Map.of());
        repository.file("a.txt", "one\ntwo\n").commit("feat: begin");
        repository.tag("v1.0.0");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void commits_are_sorted_by_what_they_bring() {
        repository.file("a.txt", "one\n2\nthree\n").commit("feat(cart): coupons (#12)\n\nSHOP-7");
        repository.by("Alan Turing", "alan@slipway.test").commit("fix: rounding, see UTF-8 and SHOP-8");
        repository.commit("chore: bump\n\nCo-authored-by: Grace Hopper <grace@slipway.test>");
        repository.commit("SHOP-9: Added a button");
        repository.commit("Whatever it takes");
        var scope = scope("v1.0.0", "main");

        assertThat(subjects(scope, CommitKind.FEATURE))
                .containsExactly("SHOP-9: Added a button", "feat(cart): coupons (#12)");
        assertThat(subjects(scope, CommitKind.FIX)).containsExactly("fix: rounding, see UTF-8 and SHOP-8");
        assertThat(subjects(scope, CommitKind.INFRASTRUCTURE)).containsExactly("chore: bump");
        assertThat(subjects(scope, CommitKind.OTHER)).containsExactly("Whatever it takes");
        assertThat(scope.pullRequests()).containsExactly(12);
        assertThat(scope.tickets()).containsExactly("SHOP-7", "SHOP-8", "SHOP-9");
        assertThat(scope.authors()).containsExactly("Alan Turing", "Ada Lovelace", "Grace Hopper");
        assertThat(scope.files()).isEqualTo(1);
        assertThat(scope.linesAdded()).isEqualTo(2);
        assertThat(scope.linesDeleted()).isEqualTo(1);
    }

    @Test
    void merges_of_every_forge_name_their_pull_request_and_are_no_changes() {
        repository.commit("Merged in topic (pull request #5)");
        repository.commit("Merge branch 'a' into 'main'\n\nA title\n\nSee merge request group/shop!34");
        var side = repository.commit("feat: one");
        repository.merge(side, "Merge pull request #77 from ada/topic\n\nA title");
        var scope = scope("v1.0.0", "main");

        assertThat(scope.pullRequests()).containsExactly(5, 34, 77);
        assertThat(scope.commits()).hasSize(4);
        assertThat(scope.changes()).isEqualTo(3);
    }

    @Test
    void breaking_changes_are_asked_about() {
        repository.commit("feat!: drop the old API");
        repository.commit("fix: x\n\nBREAKING CHANGE: y is gone");
        var collected = collected("1.1.0", "1.0.0", null, "main");

        assertThat(collected.facts()).containsEntry("breakingChanges", 2).containsEntry("changeCount", 2);
        assertThat(collected.findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ASK)
                .extracting(finding -> finding.what().replaceFirst("Commit \\w+", "Commit"))
                .containsExactly("Commit breaks something: y is gone", "Commit breaks something: drop the old API");
    }

    @Test
    void what_was_reverted_within_the_release_cancels_and_what_came_back_does_not() {
        var one = repository.commit("feat: one");
        var two = repository.commit("feat: two");
        repository.commit("Revert \"feat: one\"\n\nThis reverts commit " + one + ".");
        var undo = repository.commit("Revert \"feat: two\"\n\nThis reverts commit " + two + ".");
        repository.commit("Reapply \"feat: two\"\n\nThis reverts commit " + undo + ".");
        var scope = scope("v1.0.0", "main");

        assertThat(subjects(scope, CommitKind.FEATURE)).containsExactly("feat: two");
        assertThat(subjects(scope, CommitKind.FIX)).isEmpty();
        assertThat(scope.cancelled()).isEqualTo(4);
    }

    @Test
    void a_mailmap_joins_the_names_of_one_person() {
        repository.file(".mailmap", "Ada King <ada@slipway.test>\nAda King <ada@slipway.test> <ada@home.test>\n");
        repository.commit("fix: a");
        repository.by("ada", "ada@home.test").commit("fix: b");

        assertThat(scope("v1.0.0", "main").authors()).containsExactly("Ada King");
    }

    @Test
    void renamed_binary_and_huge_files_are_counted_as_what_they_are() {
        repository.file("b.txt", "1\n2\n3\n4\n5\n6\n").commit("fix: b");
        repository.tag("v1.0.1");
        repository.moved("b.txt", "c.txt");
        repository.file("d.bin", new byte[] {0, 1, 2, 0});
        repository.file("e.txt", "x\n".repeat(600_000));
        repository.commit("fix: c");
        var scope = scope("v1.0.1", "main");

        assertThat(scope.files()).isEqualTo(3);
        assertThat(scope.binaryFiles()).isEqualTo(1);
        assertThat(scope.largeFiles()).containsExactly("e.txt");
        assertThat(scope.linesChanged()).isZero();
    }

    @Test
    void the_size_is_compared_with_earlier_releases_of_the_same_service() {
        for (int i = 1; i <= 5; i++) {
            repository.file("f" + i, "1\n2\n3\n4\n").commit("fix: " + i);
            repository.tag("v1.0." + i);
            repository.file("other", "x\n".repeat(1_000 * i)).commit("other: x");
            repository.tag("other-1." + i);
            repository.without("other").commit("other: y");
        }
        repository.tag("v1.1.0-rc1");
        repository.file("big", "line\n".repeat(40)).commit("feat: big");
        var batch = scope("v1.0.5", "main").batch();

        assertThat(batch.known()).isTrue();
        assertThat(batch.releases()).isEqualTo(5);
        assertThat(batch.usualLines()).isEqualTo(4);
        assertThat(batch.ratio()).isEqualTo(10.0);
        assertThat(batch.percentile()).isEqualTo(100);
        assertThat(batch.inWords()).startsWith("40 changed lines are 10.0 times the usual 4 (median of 5");
    }

    @Test
    void without_enough_releases_there_is_no_history() {
        repository.commit("fix: a");
        var collected = collected("1.1.0", "1.0.0", null, "main");

        assertThat(collected.facts()).containsEntry("batchKnown", false).containsEntry("batchRatio", 1.0);
        assertThat(collected.summary()).contains("No history to compare its size with");
    }

    @Test
    void the_same_commit_twice_is_nothing() {
        var collected = collected("1.0.0", "1.0.0", null, null);

        assertThat(collected.summary()).startsWith("Nothing changes: v1.0.0 and v1.0.0 are the same commit");
        assertThat(collected.facts()).containsEntry("commitCount", 0).containsEntry("filesChanged", 0);
    }

    @Test
    void an_older_version_goes_back() {
        repository.file("a.txt", "").commit("feat: much");
        repository.tag("v2.0.0");
        var collected = collected("1.0.0", "2.0.0", null, null);

        assertThat(collected.summary()).startsWith("It goes back from v2.0.0 to v1.0.0 and takes 1 change away.");
        assertThat(collected.findings()).extracting(Finding::kind).contains("goes-back");
    }

    @Test
    void a_version_from_another_branch_is_compared_with_where_both_parted() {
        var base = repository.commit("fix: base");
        repository.file("hot.txt", "fix\n").commit("fix: hot");
        repository.tag("v1.0.1");
        repository.from(base, Map.of("a.txt", "one\ntwo\n", "new.txt", "new\n")).commit("feat: new");
        repository.tag("v1.1.0");
        var collected = collected("1.1.0", "1.0.1", null, null);

        assertThat(collected.facts()).containsEntry("commitCount", 1).containsEntry("filesChanged", 1);
        assertThat(collected.findings())
                .filteredOn(finding -> finding.kind().equals("parted"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.what()).startsWith("v1.0.1 holds 1 commit that v1.1.0 does not hold;"));
    }

    @Test
    void versions_are_found_by_the_usual_forms_of_tags() {
        repository.tag("shop-2.0.0").tag("shop/2.1.0").tag("shop@2.2.0").tag("release-2.3.0");

        for (var version : List.of("1.0.0", "v1.0.0", "2.0.0", "2.1.0", "2.2.0", "2.3.0")) {
            assertThat(collected(version, "1.0.0", null, null).summary()).startsWith("Nothing changes");
        }
    }

    @Test
    void where_nothing_serves_it_begins_at_the_tag_before() {
        repository.commit("feat: a");
        repository.tag("v1.1.0");

        assertThat(collected("1.1.0", null, null, null).summary()).startsWith("From v1.0.0 to v1.1.0: 1 change");
        assertThatThrownBy(() -> collected("1.0.0", null, null, null))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("Name the revision to compare with");
    }

    @Test
    void a_missing_revision_is_named_with_what_was_looked_for_and_what_is_near() {
        assertThatThrownBy(() -> collected("1.0.7", "1.0.0", null, null))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("There is no revision 1.0.7")
                .hasMessageContaining("v1.0.7, release-1.0.7, release/1.0.7, shop-1.0.7")
                .hasMessageContaining("The nearest tags are v1.0.0.");
        assertThatThrownBy(() -> collected("1.0.0", "1.0.0", "--output=x", null))
                .isInstanceOf(CollectorBroke.class);
        assertThatThrownBy(() -> collected("1.0.0", "1.0.0", "v1.0.0:a.txt", null))
                .isInstanceOf(CollectorBroke.class);
        assertThatThrownBy(() -> collected("1.0.0", "1.0.0", "bad..name~^{", null))
                .isInstanceOf(CollectorBroke.class);
    }

    @Test
    void a_service_says_what_its_tickets_look_like() {
        repository.commit("feat: a\n\nTicket: <T123> and SHOP-1");
        var where =
                new ServiceDefinition.Repository(repository.directory().toString(), null, null, "<(T\\d+)>", List.of());
        try (var git = access.open(where);
                var walk = new RevWalk(git.jgit())) {
            var range = new Revisions(git, "shop").range("v1.0.0", "main", walk);
            assertThat(new ScopeReader(git, where.tickets()).scope(range, walk).tickets())
                    .containsExactly("T123");
        }
    }

    private static List<String> subjects(Scope scope, CommitKind kind) {
        return scope.of(kind).stream().map(ScopeCommit::subject).toList();
    }

    private Scope scope(String from, String to) {
        try (var git = access.local(repository.directory().toString());
                var walk = new RevWalk(git.jgit())) {
            return new ScopeReader(git, null).scope(new Revisions(git, "shop").range(from, to, walk), walk);
        }
    }

    private Collected collected(String version, String serving, String from, String to) {
        var service =
                Samples.service(SampleService.sources(repository.directory().toString(), null, null));
        var release = Samples.release(version, serving, from, to);
        var collector = new ScopeCollector(access);
        assertThat(collector.appliesTo(release, service)).isTrue();
        return collector.collect(release, service);
    }
}

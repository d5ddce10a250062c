package dev.slipway.prerelease.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.slipway.catalog.SampleService;
import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryAccessTest {

    @TempDir
    private Path directory;

    @Test
    void a_repository_somewhere_else_is_copied_without_a_work_tree_and_fetched_by_many_at_once() throws Exception {
        var url = remote().toUri().toString();
        var access = access(Map.of());
        var pool = Executors.newFixedThreadPool(4);
        Callable<String> look = () -> {
            try (var repository = access.open(SampleService.sources(null, url, null));
                    var walk = new RevWalk(repository.jgit())) {
                return new Revisions(repository, null)
                        .range("1.0.0", "main", walk)
                        .direction()
                        .name();
            }
        };
        try {
            for (var seen : pool.invokeAll(java.util.Collections.nCopies(8, look))) {
                assertThat(seen.get()).isEqualTo("FORWARD");
            }
        } finally {
            pool.shutdown();
        }
        try (Stream<Path> copies = Files.list(directory.resolve("cache"))) {
            assertThat(copies.filter(Files::isDirectory))
                    .singleElement()
                    .satisfies(copy -> assertThat(copy.resolve(".git")).doesNotExist());
        }
    }

    @Test
    void a_repository_with_a_work_tree_is_read_where_it_is() throws Exception {
        try (var git =
                Git.init().setDirectory(directory.resolve("work").toFile()).call()) {
            assertThat(git.getRepository().isBare()).isFalse();
        }
        try (var repository = access(Map.of()).local(directory.resolve("work").toString());
                var walk = new RevWalk(repository.jgit())) {
            assertThatThrownBy(() -> new Revisions(repository, null).range("a", "b", walk))
                    .isInstanceOf(CollectorBroke.class)
                    .hasMessageContaining("is empty: it has no commit yet");
        }
    }

    @Test
    void a_repository_that_is_gone_is_named_and_nothing_is_made_in_its_place() throws IOException {
        var access = access(Map.of());
        var plain = Files.createDirectory(directory.resolve("plain"));

        assertThatThrownBy(() -> access.local(directory.resolve("gone").toString()))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("There is no directory");
        assertThatThrownBy(() -> access.local(plain.toString()))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("There is no Git repository in");
        assertThat(plain).isEmptyDirectory();
        assertThatThrownBy(() -> access.open(SampleService.sources(
                        null, directory.resolve("gone.git").toUri().toString(), null)))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("can't be fetched");
    }

    @Test
    void the_token_goes_to_its_host_and_into_no_message() {
        var server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        try {
            server.stubFor(WireMock.any(WireMock.anyUrl())
                    .willReturn(WireMock.aResponse()
                            .withStatus(401)
                            .withHeader("WWW-Authenticate", "Basic realm=\"git\"")));
            var access = access(Map.of("SLIPWAY_GIT_TOKEN_LOCALHOST", "hunter2-secret"));
            var url = "http://localhost:" + server.port() + "/shop.git";

            assertThatThrownBy(() -> access.open(SampleService.sources(null, url, null)))
                    .isInstanceOf(CollectorBroke.class)
                    .hasNoCause()
                    .hasMessageContaining("asks for credentials or refuses those it gets")
                    .hasMessageContaining("SLIPWAY_GIT_TOKEN_LOCALHOST")
                    .hasMessageNotContaining("hunter2");
            server.verify(WireMock.getRequestedFor(WireMock.anyUrl())
                    .withBasicAuth(new com.github.tomakehurst.wiremock.client.BasicCredentials(
                            "x-access-token", "hunter2-secret")));
        } finally {
            server.stop();
        }
    }

    @Test
    void credentials_in_an_address_are_refused_and_not_repeated_and_ssh_is_not_spoken() {
        var access = access(Map.of());

        assertThatThrownBy(() ->
                        access.open(SampleService.sources(null, "https://ada:hunter2@git.slipway.test/shop.git", null)))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("https://git.slipway.test/shop.git")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> access.open(SampleService.sources(null, "git@git.slipway.test:shop.git", null)))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("SSH");
    }

    @Test
    void a_shallow_clone_says_how_to_get_its_history() throws Exception {
        var shallow = directory.resolve("shallow.git");
        var remote = remote();
        try (var git = Git.init().setBare(true).setGitDir(shallow.toFile()).call()) {
            git.fetch()
                    .setRemote(remote.toUri().toString())
                    .setRefSpecs("+refs/heads/*:refs/heads/*")
                    .setDepth(1)
                    .setTagOpt(org.eclipse.jgit.transport.TagOpt.NO_TAGS)
                    .call();
        }
        try (var repository = access(Map.of()).local(shallow.toString());
                var walk = new RevWalk(repository.jgit())) {
            assertThatThrownBy(() -> new Revisions(repository, null).range("1.0.0", "main", walk))
                    .isInstanceOf(CollectorBroke.class)
                    .hasMessageContaining("shallow clone")
                    .hasMessageContaining("fetch-depth: 0");
        }
    }

    @Test
    void nothing_of_the_repositorys_own_settings_is_run() throws Exception {
        var remote = remote();
        var mark = directory.resolve("ran");
        var config = remote.resolve("config");
        Files.writeString(config, Files.readString(config) + """
                [core]
                    fsmonitor = touch %1$s
                    sshCommand = touch %1$s
                [diff "evil"]
                    command = touch %1$s
                    textconv = touch %1$s
                [filter "evil"]
                    smudge = touch %1$s
                    clean = touch %1$s
                """.formatted(mark));
        try (var test = access(Map.of()).local(remote.toString());
                var walk = new RevWalk(test.jgit())) {
            var range = new Revisions(test, null).range("1.0.0", "main", walk);
            new TreeDiff(test).forEach(range.start(), range.to(), change -> {});
        }
        assertThat(mark).doesNotExist();
    }

    private Path remote() {
        var path = directory.resolve("remote.git");
        try (var remote = new TestRepository(path)) {
            remote.file(".gitattributes", "* diff=evil filter=evil\n");
            remote.file("a.txt", "one\n").commit("feat: one");
            remote.tag("v1.0.0");
            remote.file("a.txt", "two\n").commit("feat: two");
        }
        return path;
    }

    private RepositoryAccess access(Map<String, String> environment) {
        return new RepositoryAccess(directory.resolve("cache"), Duration.ofSeconds(20), environment);
    }
}

package dev.slipway.prerelease.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.slipway.prerelease.tests.Given.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.tests.CommitStatus.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class CodeHostsTest {

    private static final String TOKEN = "ghp-s3cret-t0ken";
    private static final String RUNS = "/api/v3/repos/acme/checkout/commits/" + RELEASED + "/check-runs";
    private static final String STATUS = "/api/v3/repos/acme/checkout/commits/" + RELEASED + "/status";
    private static final String JOBS =
            "/api/v4/projects/acme%2Fshop%2Fcheckout/repository/commits/" + RELEASED + "/statuses";
    private static final String NO_STATUS = "{\"state\": \"pending\", \"statuses\": [], \"total_count\": 0}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    /** As documented for “List check runs for a Git reference”, shortened. */
    @Test
    void check_runs_and_commit_statuses_of_github_are_read() {
        gitHubAnswers("""
                {"total_count": 2, "check_runs": [
                  {"id": 4, "head_sha": "ce587453ced02b1526dfb4cb910479d431683101", "node_id": "MDg6Q2hlY2tSdW40",
                   "external_id": "", "url": "https://api.github.com/repos/github/hello-world/check-runs/4",
                   "html_url": "https://github.com/github/hello-world/runs/4", "details_url": "https://example.com",
                   "status": "completed", "conclusion": "success", "started_at": "2018-05-04T01:14:52Z",
                   "completed_at": "2018-05-04T01:14:52Z", "output": {"title": "Mighty Readme report",
                   "summary": "There are 0 failures", "text": "", "annotations_count": 2}, "name": "build",
                   "check_suite": {"id": 5}, "app": {"id": 1, "slug": "octoapp"}, "pull_requests": []},
                  {"id": 5, "html_url": null, "status": "in_progress", "conclusion": null, "completed_at": null,
                   "name": "e2e"}]}""", """
                {"state": "failure", "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e", "total_count": 1, "statuses": [
                  {"url": "https://api.github.com/repos/octocat/Hello-World/statuses/6dcb09b5", "id": 1,
                   "state": "failure", "description": "Build has failed", "target_url": "https://ci.example.com/1000",
                   "context": "continuous-integration/jenkins", "created_at": "2012-07-20T01:19:13Z",
                   "updated_at": "2012-07-20T01:19:14Z"}]}""");

        var statuses =
                gitHub(TOKEN).of(Given.github("build", "e2e", "continuous-integration/jenkins", "lint"), RELEASED);

        assertThat(statuses)
                .containsExactly(
                        new CommitStatus(
                                "GitHub",
                                "build",
                                State.PASSED,
                                "success",
                                Instant.parse("2018-05-04T01:14:52Z"),
                                "https://github.com/github/hello-world/runs/4"),
                        new CommitStatus("GitHub", "e2e", State.NOT_FINISHED, "in_progress", null, null),
                        new CommitStatus(
                                "GitHub",
                                "continuous-integration/jenkins",
                                State.FAILED,
                                "failure",
                                Instant.parse("2012-07-20T01:19:14Z"),
                                "https://ci.example.com/1000"),
                        CommitStatus.missing("GitHub", "lint"));
        SERVER.verify(getRequestedFor(urlPathEqualTo(RUNS))
                .withQueryParam("filter", equalTo("latest"))
                .withQueryParam("per_page", equalTo("100"))
                .withHeader("Accept", equalTo("application/vnd.github+json"))
                .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
    }

    @ParameterizedTest
    @CsvSource({
        "completed, success, PASSED",
        "completed, failure, FAILED",
        "completed, timed_out, FAILED",
        "completed, startup_failure, FAILED",
        "completed, cancelled, CANCELLED",
        "completed, neutral, WITHOUT_VERDICT",
        "completed, skipped, WITHOUT_VERDICT",
        "completed, something_new, WITHOUT_VERDICT",
        "completed, action_required, NOT_FINISHED",
        "completed, stale, STALE",
        "queued, , NOT_FINISHED",
        "in_progress, , NOT_FINISHED",
        "waiting, , NOT_FINISHED"
    })
    void every_conclusion_of_a_check_run_has_its_meaning(String status, String conclusion, State state) {
        gitHubAnswers(
                "{\"check_runs\": [{\"name\": \"build\", \"status\": \"%s\", \"conclusion\": %s}]}"
                        .formatted(status, conclusion == null ? "null" : "\"" + conclusion + "\""),
                NO_STATUS);

        assertThat(gitHub(TOKEN).of(Given.github("build"), RELEASED))
                .extracting(CommitStatus::state)
                .containsExactly(state);
    }

    @Test
    void of_several_check_runs_of_a_name_each_counts() {
        gitHubAnswers("""
                {"check_runs": [{"name": "build", "status": "completed", "conclusion": "success"},
                                {"name": "build", "status": "completed", "conclusion": "failure"}]}""", NO_STATUS);

        assertThat(gitHub(TOKEN).of(Given.github("build"), RELEASED))
                .extracting(CommitStatus::state)
                .containsExactly(State.PASSED, State.FAILED);
    }

    @Test
    void github_is_asked_page_by_page() {
        var hundred = IntStream.range(0, 100)
                .mapToObj(i -> "{\"name\": \"job-" + i + "\", \"status\": \"completed\", \"conclusion\": \"success\"}")
                .collect(Collectors.joining(","));
        SERVER.stubFor(get(urlPathEqualTo(RUNS))
                .withQueryParam("page", equalTo("1"))
                .willReturn(okJson("{\"total_count\": 101, \"check_runs\": [" + hundred + "]}")));
        SERVER.stubFor(get(urlPathEqualTo(RUNS))
                .withQueryParam("page", equalTo("2"))
                .willReturn(okJson("{\"total_count\": 101, \"check_runs\": [{\"name\": \"last\","
                        + " \"status\": \"completed\", \"conclusion\": \"failure\"}]}")));
        SERVER.stubFor(get(urlPathEqualTo(STATUS)).willReturn(okJson(NO_STATUS)));

        assertThat(gitHub(TOKEN).of(Given.github("job-3", "last"), RELEASED))
                .extracting(CommitStatus::state)
                .containsExactly(State.PASSED, State.FAILED);
    }

    @Test
    void without_a_token_none_is_sent_and_a_branch_is_one_segment() {
        SERVER.stubFor(get(urlPathEqualTo("/api/v3/repos/acme/checkout/commits/release%2F1.5/check-runs"))
                .willReturn(okJson("{\"check_runs\": []}")));
        SERVER.stubFor(get(urlPathEqualTo("/api/v3/repos/acme/checkout/commits/release%2F1.5/status"))
                .willReturn(okJson(NO_STATUS)));

        assertThat(gitHub(" ").of(Given.github("build"), "release/1.5"))
                .containsExactly(CommitStatus.missing("GitHub", "build"));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/api/v3/repos/acme/checkout/commits/release%2F1.5/check-runs"))
                .withHeader("Authorization", absent()));
    }

    /** As documented for “List the statuses of a commit”, shortened. */
    @Test
    void statuses_of_gitlab_are_read() {
        SERVER.stubFor(get(urlPathEqualTo(JOBS)).willReturn(okJson("""
                [{"status": "pending", "created_at": "2016-01-19T08:40:25.934Z", "started_at": null, "name": "bundler:audit",
                  "allow_failure": true, "author": {"username": "janedoe", "state": "active", "id": 28},
                  "description": null, "sha": "18f3e63d05582537db6d183d9d557be09e1f90c8",
                  "target_url": "https://gitlab.example.com/janedoe/gitlab-foss/builds/91", "finished_at": null, "id": 91,
                  "ref": "main"},
                 {"started_at": null, "name": "test", "allow_failure": false, "status": "success",
                  "created_at": "2016-01-19T08:40:25.832Z", "target_url": "https://gitlab.example.com/builds/90",
                  "id": 90, "finished_at": "2016-01-19T08:41:25.832+01:00", "ref": "main",
                  "sha": "18f3e63d05582537db6d183d9d557be09e1f90c8"},
                 {"name": "lint", "allow_failure": true, "status": "failed", "finished_at": null, "target_url": null}]""")));

        assertThat(gitLab(TOKEN).of(Given.gitlab("test", "bundler:audit", "lint", "e2e"), RELEASED))
                .containsExactly(
                        new CommitStatus(
                                "GitLab",
                                "test",
                                State.PASSED,
                                "success",
                                Instant.parse("2016-01-19T07:41:25.832Z"),
                                "https://gitlab.example.com/builds/90"),
                        new CommitStatus(
                                "GitLab",
                                "bundler:audit",
                                State.NOT_FINISHED,
                                "pending",
                                null,
                                "https://gitlab.example.com/janedoe/gitlab-foss/builds/91"),
                        new CommitStatus("GitLab", "lint", State.FAILED, "failed", null, null),
                        CommitStatus.missing("GitLab", "e2e"));
        SERVER.verify(getRequestedFor(urlPathEqualTo(JOBS)).withHeader("PRIVATE-TOKEN", equalTo(TOKEN)));
    }

    @ParameterizedTest
    @CsvSource({
        "success, PASSED",
        "failed, FAILED",
        "canceled, CANCELLED",
        "canceling, CANCELLED",
        "skipped, WITHOUT_VERDICT",
        "something_new, WITHOUT_VERDICT",
        "created, NOT_FINISHED",
        "waiting_for_resource, NOT_FINISHED",
        "preparing, NOT_FINISHED",
        "pending, NOT_FINISHED",
        "running, NOT_FINISHED",
        "manual, NOT_FINISHED",
        "scheduled, NOT_FINISHED"
    })
    void every_status_of_a_job_has_its_meaning(String status, State state) {
        SERVER.stubFor(
                get(urlPathEqualTo(JOBS)).willReturn(okJson("[{\"name\": \"test\", \"status\": \"" + status + "\"}]")));

        assertThat(gitLab(TOKEN).of(Given.gitlab("test"), RELEASED))
                .extracting(CommitStatus::name, CommitStatus::state)
                .containsExactly(tuple("test", state));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | GitHub does not accept the token (401). Check SLIPWAY_GITHUB_TOKEN.
            403 | GitHub does not let the token see the statuses of commit 9f2c1e4d5b6a79880716253443526170a1b2c3d4 of acme/checkout (403).
            404 | GitHub knows no commit 9f2c1e4d5b6a79880716253443526170a1b2c3d4 of acme/checkout, or does not show it to the token (404).
            422 | GitHub knows no commit 9f2c1e4d5b6a79880716253443526170a1b2c3d4 of acme/checkout
            429 | GitHub answers no more questions for now (rate limit, 429)
            500 | GitHub failed (500)
            503 | GitHub failed (503)
            301 | GitHub answered 301
            """)
    void an_answer_that_is_none_breaks_the_collector_and_tells_no_secret(int status, String message) {
        answers(aResponse()
                .withStatus(status)
                .withHeader("Location", SERVER.url("/elsewhere"))
                .withBody("{\"message\": \"Bad credentials " + TOKEN + "\"}"));

        broke(message);
        SERVER.verify(0, getRequestedFor(urlPathEqualTo("/elsewhere")));
    }

    @Test
    void a_rate_limit_says_when_it_ends() {
        answers(aResponse()
                .withStatus(403)
                .withHeader("x-ratelimit-remaining", "0")
                .withHeader("x-ratelimit-reset", "1795514400"));

        broke("(rate limit, 403), until 2026-11-24T10:00:00Z");
    }

    @Test
    void a_server_that_is_slow_silent_or_talks_nonsense_breaks_the_collector() {
        answers(okJson("{}").withFixedDelay(3_000));
        broke("GitHub did not answer within 1 s");
        answers(okJson("{\"check_runs\": []}").withChunkedDribbleDelay(5, 5_000));
        broke("GitHub did not answer within 1 s");
        answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
        broke("GitHub did not answer (");
        answers(aResponse().withBody("<html>" + TOKEN));
        broke("not JSON");
        answers(okJson("{}"));
        broke("GitHub's answer has no check_runs");
    }

    @Test
    void a_token_that_can_not_be_sent_is_not_quoted() {
        assertThatThrownBy(() -> gitHub(TOKEN + "\nx").of(Given.github("build"), RELEASED))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("SLIPWAY_GITHUB_TOKEN")
                .hasMessageNotContaining(TOKEN)
                .hasNoCause();
        assertThat(new GitHubProperties(URI.create("http://x"), TOKEN, Duration.ofSeconds(1)).toString())
                .doesNotContain(TOKEN);
        assertThat(new GitLabProperties(URI.create("http://x"), TOKEN, Duration.ofSeconds(1)).toString())
                .doesNotContain(TOKEN);
    }

    @Test
    void tokens_and_addresses_come_from_the_environment() {
        var gitHub = bound(
                "slipway.github",
                GitHubProperties.class,
                Map.of("SLIPWAY_GITHUB_TOKEN", TOKEN, "SLIPWAY_GITHUB_URL", "https://github.example.com/api/v3"));
        var gitLab = bound("slipway.gitlab", GitLabProperties.class, Map.of("SLIPWAY_GITLAB_TOKEN", TOKEN));

        assertThat(gitHub.token()).isEqualTo(TOKEN);
        assertThat(gitHub.url()).hasHost("github.example.com");
        assertThat(gitLab.token()).isEqualTo(TOKEN);
        assertThat(gitLab.url()).hasHost("gitlab.com");
        assertThat(gitLab.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void gitlab_breaks_in_the_same_words() {
        answers(aResponse().withStatus(401));
        assertThatThrownBy(() -> gitLab(TOKEN).of(Given.gitlab("test"), RELEASED))
                .isInstanceOf(CollectorBroke.class)
                .hasMessage("GitLab does not accept the token (401). Check SLIPWAY_GITLAB_TOKEN.");
        answers(okJson("{}"));
        assertThatThrownBy(() -> gitLab(TOKEN).of(Given.gitlab("test"), RELEASED))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining("no list of statuses");
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        var name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate(prefix, type);
    }

    private static void broke(String message) {
        assertThatThrownBy(() -> gitHub(TOKEN).of(Given.github("build"), RELEASED))
                .isInstanceOf(CollectorBroke.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(TOKEN)
                .satisfies(broke -> assertThat(String.valueOf(broke.getCause())).doesNotContain(TOKEN));
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        SERVER.resetAll();
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static void gitHubAnswers(String runs, String status) {
        SERVER.stubFor(get(urlPathEqualTo(RUNS)).willReturn(okJson(runs)));
        SERVER.stubFor(get(urlPathEqualTo(STATUS)).willReturn(okJson(status)));
    }

    private static GitHubStatuses gitHub(String token) {
        return new GitHubStatuses(
                new GitHubProperties(URI.create(SERVER.url("/api/v3/")), token, Duration.ofSeconds(1)),
                new ObjectMapper());
    }

    private static GitLabStatuses gitLab(String token) {
        return new GitLabStatuses(
                new GitLabProperties(URI.create(SERVER.baseUrl()), token, Duration.ofSeconds(1)), new ObjectMapper());
    }
}

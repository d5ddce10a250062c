package dev.slipway.prerelease.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceDefinition.Statuses;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.tests.CommitStatus.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Check runs and commit statuses of GitHub. A name may be of either; of several check runs each counts. */
@Component
class GitHubStatuses implements CommitStatuses {

    private static final String HOST = "GitHub";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final CodeHost gitHub;

    GitHubStatuses(GitHubProperties properties, ObjectMapper json) {
        var headers =
                new HashMap<>(Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28"));
        if (properties.token() != null && !properties.token().isBlank()) {
            headers.put("Authorization", "Bearer " + properties.token().strip());
        }
        this.gitHub = new CodeHost(HOST, "SLIPWAY_GITHUB_TOKEN", properties.url(), headers, properties.timeout(), json);
    }

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public boolean isAskedBy(Statuses statuses) {
        return statuses.github() != null;
    }

    @Override
    public List<String> names(Statuses statuses) {
        return statuses.github().checks();
    }

    @Override
    public List<CommitStatus> of(Statuses statuses, String revision) {
        var repository = statuses.github().repository();
        var commit = "/repos/" + repository + "/commits/" + CodeHost.encoded(revision);
        var about = "commit " + revision + " of " + repository;
        var all = new ArrayList<CommitStatus>();
        pages(commit + "/check-runs?filter=latest&", "check_runs", about).forEach(run -> all.add(checkRun(run)));
        pages(commit + "/status?", "statuses", about).forEach(status -> all.add(status(status)));
        return CommitStatus.named(names(statuses), HOST, all);
    }

    private List<JsonNode> pages(String path, String list, String about) {
        var all = new ArrayList<JsonNode>();
        for (var page = 1; page <= MOST_PAGES; page++) {
            var items = gitHub.get(path + "per_page=" + PAGE + "&page=" + page, about)
                    .path(list);
            if (!items.isArray()) {
                throw new CollectorBroke(
                        "GitHub's answer has no " + list + ". Check slipway.github.url: it is the API's address.");
            }
            items.forEach(all::add);
            if (items.size() < PAGE) {
                return all;
            }
        }
        throw new CollectorBroke(
                "GitHub has more than " + PAGE * MOST_PAGES + " statuses of " + about + ": too many to read.");
    }

    private static CommitStatus checkRun(JsonNode run) {
        var status = run.path("status").asText();
        var said = status.equals("completed") ? run.path("conclusion").asText() : status;
        var state = status.equals("completed") ? concluded(said) : State.NOT_FINISHED;
        return new CommitStatus(
                HOST,
                run.path("name").asText(),
                state,
                Texts.cut(said),
                CodeHost.time(run.path("completed_at")),
                CodeHost.link(run.path("html_url")));
    }

    private static State concluded(String conclusion) {
        return switch (conclusion) {
            case "success" -> State.PASSED;
            case "failure", "timed_out", "startup_failure" -> State.FAILED;
            case "cancelled" -> State.CANCELLED;
            case "action_required" -> State.NOT_FINISHED;
            case "stale" -> State.STALE;
            default -> State.WITHOUT_VERDICT;
        };
    }

    private static CommitStatus status(JsonNode status) {
        var said = status.path("state").asText();
        var state = switch (said) {
            case "success" -> State.PASSED;
            case "failure", "error" -> State.FAILED;
            case "pending" -> State.NOT_FINISHED;
            default -> State.WITHOUT_VERDICT;
        };
        return new CommitStatus(
                HOST,
                status.path("context").asText(),
                state,
                Texts.cut(said),
                CodeHost.time(status.path("updated_at")),
                CodeHost.link(status.path("target_url")));
    }
}

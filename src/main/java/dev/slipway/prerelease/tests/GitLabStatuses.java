package dev.slipway.prerelease.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceDefinition.Statuses;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.tests.CommitStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Jobs and external statuses of GitLab, the latest of each pipeline. A job that may fail and failed has failed. */
@Component
class GitLabStatuses implements CommitStatuses {

    private static final String HOST = "GitLab";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final CodeHost gitLab;

    GitLabStatuses(GitLabProperties properties, ObjectMapper json) {
        var headers = properties.token() == null || properties.token().isBlank()
                ? Map.<String, String>of()
                : Map.of("PRIVATE-TOKEN", properties.token().strip());
        this.gitLab = new CodeHost(HOST, "SLIPWAY_GITLAB_TOKEN", properties.url(), headers, properties.timeout(), json);
    }

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public boolean isAskedBy(Statuses statuses) {
        return statuses.gitlab() != null;
    }

    @Override
    public List<String> names(Statuses statuses) {
        return statuses.gitlab().jobs();
    }

    @Override
    public List<CommitStatus> of(Statuses statuses, String revision) {
        var project = statuses.gitlab().project();
        var path = "/api/v4/projects/" + CodeHost.encoded(project) + "/repository/commits/" + CodeHost.encoded(revision)
                + "/statuses?";
        var all = pages(path, "commit " + revision + " of " + project);
        return CommitStatus.named(names(statuses), HOST, all);
    }

    private List<CommitStatus> pages(String path, String about) {
        var all = new ArrayList<CommitStatus>();
        for (var page = 1; page <= MOST_PAGES; page++) {
            var items = gitLab.get(path + "per_page=" + PAGE + "&page=" + page, about);
            if (!items.isArray()) {
                throw new CollectorBroke("GitLab's answer is no list of statuses. Check slipway.gitlab.url.");
            }
            items.forEach(item -> all.add(status(item)));
            if (items.size() < PAGE) {
                return all;
            }
        }
        throw new CollectorBroke(
                "GitLab has more than " + PAGE * MOST_PAGES + " statuses of " + about + ": too many to read.");
    }

    private static CommitStatus status(JsonNode status) {
        var said = status.path("status").asText();
        var state = switch (said) {
            case "success" -> State.PASSED;
            case "failed" -> State.FAILED;
            case "canceling", "canceled" -> State.CANCELLED;
            case "created",
                    "waiting_for_resource",
                    "preparing",
                    "waiting_for_callback",
                    "pending",
                    "running",
                    "manual",
                    "scheduled" -> State.NOT_FINISHED;
            default -> State.WITHOUT_VERDICT;
        };
        return new CommitStatus(
                HOST,
                status.path("name").asText(),
                state,
                Texts.cut(said),
                CodeHost.time(status.path("finished_at")),
                CodeHost.link(status.path("target_url")));
    }
}

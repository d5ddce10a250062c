package dev.slipway.window.githubactions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.http.Call;
import dev.slipway.http.Question;
import dev.slipway.window.run.Run;
import dev.slipway.window.run.Run.Stage;
import dev.slipway.window.run.RunDeployer;
import dev.slipway.window.tool.Refused;
import dev.slipway.window.tool.Tool;
import dev.slipway.window.tool.ToolSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code github-actions}: every order is a {@code workflow_dispatch} with the inputs {@code action, version,
 * serving_version, weight, key, target}. The workflow must name its run by the key ({@code run-name: ${{ inputs.key }}}),
 * or it is never found.
 *
 * <p>Settings, besides those of {@link RunDeployer}: {@code repository} (owner and name, required); {@code workflow} (file
 * name or number, required); {@code token} (may read and write actions; required); {@code url} (the API's, default
 * {@code https://api.github.com}; of GitHub Enterprise Server {@code https://<host>/api/v3}).
 *
 * <p>A run has succeeded by conclusion {@code success} only. {@code queued}, {@code requested}, {@code pending} and
 * {@code waiting} (for an approval of the environment) mean that it has not begun. 401, 403, 404 and 422 (an input that the
 * workflow does not know, no such ref) are refusals, in GitHub's words.
 */
@Component
class GitHubActionsDeployer extends RunDeployer {

    private static final String USUAL_URL = "https://api.github.com";
    private static final String REPOSITORY = "repository";
    private static final String WORKFLOW = "workflow";
    private static final Pattern OWNER_AND_NAME = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
    private static final Pattern FILE_OR_NUMBER = Pattern.compile("[^/\\s]+\\.ya?ml|\\d+");
    private static final int PAGE = 100;
    /** GitHub itself tells no more than a thousand runs. */
    private static final int MOST_PAGES = 10;

    private final Tool gitHub = new Tool("GitHub");
    private final ObjectMapper json;
    private final Clock clock;

    @Autowired
    GitHubActionsDeployer(ObjectMapper json, Clock clock) {
        this(json, clock, Duration.ofSeconds(2));
    }

    GitHubActionsDeployer(ObjectMapper json, Clock clock, Duration betweenLooks) {
        super(clock, betweenLooks);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "github-actions";
    }

    @Override
    public List<String> problems(Settings settings) {
        return check(settings, "a token that may read and write actions of the repository")
                .required(REPOSITORY, "owner and name, such as acme/checkout")
                .matches(REPOSITORY, OWNER_AND_NAME, "owner and name, such as acme/checkout")
                .required(WORKFLOW, "the workflow's file, such as deploy.yml")
                .matches(
                        WORKFLOW,
                        FILE_OR_NUMBER,
                        "the name of a workflow's file without its folder, such as deploy.yml")
                .problems();
    }

    /** Newest first, until the order's own is found: a rollback's is not there when others must be known. */
    @Override
    protected List<Run> runs(Order order, ToolSettings settings) throws Refused {
        var found = new ArrayList<Run>();
        var since = clock.instant().minus(AS_LONG_AS).toString().replaceFirst("\\.\\d+", "");
        var path = workflow(settings) + "/runs?event=workflow_dispatch&created=" + ToolSettings.encoded(">=" + since)
                + "&per_page=" + PAGE + "&page=";
        for (var page = 1; page <= MOST_PAGES; page++) {
            var runs = gitHub.ask(Call.get(question(path + page, settings))).path("workflow_runs");
            if (!runs.isArray()) {
                throw gitHub.failed("GitHub's answer has no workflow_runs. Check url: it is the API's address.");
            }
            runs.forEach(run -> {
                if (isOfRelease(run.path("display_title").asText(), order)) {
                    found.add(run(run));
                }
            });
            if (runs.size() < PAGE || found.stream().anyMatch(run -> run.name().equals(order.key()))) {
                break;
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The API's version of 2022 answers 204 without a body; where a later one tells the run's address, it is told on. */
    @Override
    protected String start(String action, Order order, ToolSettings settings) throws Refused {
        var body = json.createObjectNode().put("ref", ref(settings));
        told(action, order).forEach(body.putObject("inputs")::put);
        return gitHub.ask(Call.json("POST", body.toString(), question(workflow(settings) + "/dispatches", settings)))
                .path("html_url")
                .asText(null);
    }

    @Override
    protected void cancel(Run run, ToolSettings settings) throws Refused {
        gitHub.ask(new Call(
                "POST",
                null,
                null,
                question(repository(settings) + "/actions/runs/" + run.id() + "/cancel", settings)));
    }

    private static Run run(JsonNode run) {
        var status = run.path("status").asText();
        var conclusion = run.path("conclusion").asText();
        var completed = status.equals("completed");
        return new Run(
                run.path("id").asText(),
                run.path("display_title").asText(),
                run.path("html_url").asText(),
                Instant.parse(run.path("created_at").asText()),
                completed ? concluded(conclusion) : stage(status),
                completed ? conclusion : status);
    }

    private static Stage concluded(String conclusion) {
        return conclusion.equals("success") ? Stage.SUCCEEDED : Stage.FAILED;
    }

    private static Stage stage(String status) {
        return switch (status) {
            case "queued", "requested", "pending", "waiting" -> Stage.QUEUED;
            default -> Stage.RUNNING;
        };
    }

    private static String repository(ToolSettings settings) {
        return ToolSettings.url(settings.settings(), USUAL_URL) + "/repos/"
                + settings.settings().required(REPOSITORY);
    }

    private static String workflow(ToolSettings settings) {
        return repository(settings) + "/actions/workflows/"
                + ToolSettings.encoded(settings.settings().required(WORKFLOW));
    }

    private static Question question(String address, ToolSettings settings) {
        return settings.question(
                address,
                Map.of(
                        "Accept", "application/vnd.github+json",
                        "X-GitHub-Api-Version", "2022-11-28",
                        "Authorization", "Bearer " + settings.token()));
    }
}

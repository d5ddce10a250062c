package dev.slipway.window.gitlab;

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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code gitlab}: every order is a pipeline with the variables {@code SLIPWAY_ACTION, SLIPWAY_VERSION,
 * SLIPWAY_SERVING_VERSION, SLIPWAY_WEIGHT, SLIPWAY_KEY, SLIPWAY_TARGET}. The pipeline must name itself by the key
 * ({@code workflow: name: $SLIPWAY_KEY}, GitLab 16.9 or newer): one that does not is cancelled at once and has failed,
 * since it would not be found again.
 *
 * <p>Settings, besides those of {@link RunDeployer}: {@code project} (path or number, required); {@code token} (scope
 * {@code api}, required); {@code url} (default {@code https://gitlab.com}).
 *
 * <p>A pipeline has succeeded by status {@code success} only. {@code created}, {@code waiting_for_resource},
 * {@code preparing}, {@code waiting_for_callback}, {@code pending}, {@code scheduled} and {@code manual} (somebody must
 * press a button) mean that it has not begun. 400 (no such ref, variables not allowed), 401, 403 and 404 are refusals, in
 * GitLab's words.
 */
@Component
class GitLabDeployer extends RunDeployer {

    private static final String USUAL_URL = "https://gitlab.com";
    private static final String PROJECT = "project";
    private static final int PAGE = 100;

    private final Tool gitLab = new Tool("GitLab");
    private final ObjectMapper json;
    private final Clock clock;

    @Autowired
    GitLabDeployer(ObjectMapper json, Clock clock) {
        this(json, clock, Duration.ofSeconds(2));
    }

    GitLabDeployer(ObjectMapper json, Clock clock, Duration betweenLooks) {
        super(clock, betweenLooks);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public List<String> problems(Settings settings) {
        return check(settings, "a token with scope api of the project")
                .required(PROJECT, "its path or number, such as acme/checkout")
                .problems();
    }

    /** GitLab finds by the whole name: the order's own, and then what else was started lately. */
    @Override
    protected List<Run> runs(Order order, ToolSettings settings) throws Refused {
        var own = pipelines("name=" + ToolSettings.encoded(order.key()), settings).stream()
                .filter(run -> run.name().equals(order.key()))
                .toList();
        if (!own.isEmpty()) {
            return own;
        }
        var since = clock.instant().minus(AS_LONG_AS).toString();
        return pipelines("source=api&created_after=" + ToolSettings.encoded(since), settings).stream()
                .filter(run -> isOfRelease(run.name(), order))
                .toList();
    }

    private List<Run> pipelines(String query, ToolSettings settings) throws Refused {
        var path = "/pipelines?" + query + "&order_by=id&sort=desc&per_page=" + PAGE;
        var pipelines = gitLab.ask(Call.get(question(path, settings)));
        if (!pipelines.isArray()) {
            throw gitLab.failed("GitLab's answer is no list of pipelines. Check url.");
        }
        var runs = new ArrayList<Run>();
        pipelines.forEach(pipeline -> runs.add(run(pipeline)));
        runs.sort(Comparator.comparing(run -> Long.valueOf(run.id())));
        return runs;
    }

    @Override
    protected String start(String action, Order order, ToolSettings settings) throws Refused {
        var body = json.createObjectNode().put("ref", ref(settings));
        var variables = body.putArray("variables");
        told(action, order)
                .forEach((name, value) -> variables
                        .addObject()
                        .put("key", "SLIPWAY_" + name.toUpperCase(Locale.ROOT))
                        .put("value", value));
        var begun = gitLab.ask(Call.json("POST", body.toString(), question("/pipeline", settings)));
        verifyName(begun.path("id").asText(), order, settings);
        return begun.path("web_url").asText(null);
    }

    /** Without its name nobody would ever know what became of it, and the next try would start one more. */
    private void verifyName(String id, Order order, ToolSettings settings) throws Refused {
        var pipeline = run(gitLab.ask(Call.get(question("/pipelines/" + id, settings))));
        if (!pipeline.name().equals(order.key())) {
            cancel(pipeline, settings);
            throw new Refused(
                    0,
                    "the pipeline does not bear the order's key as its name and was cancelled. Add workflow: name:"
                            + " $SLIPWAY_KEY to the pipeline: " + pipeline.link());
        }
    }

    @Override
    protected void cancel(Run run, ToolSettings settings) throws Refused {
        gitLab.ask(new Call("POST", null, null, question("/pipelines/" + run.id() + "/cancel", settings)));
    }

    private static Run run(JsonNode pipeline) {
        var status = pipeline.path("status").asText();
        return new Run(
                pipeline.path("id").asText(),
                pipeline.path("name").asText(""),
                pipeline.path("web_url").asText(),
                OffsetDateTime.parse(pipeline.path("created_at").asText()).toInstant(),
                stage(status),
                status);
    }

    private static Stage stage(String status) {
        return switch (status) {
            case "success" -> Stage.SUCCEEDED;
            case "failed", "canceled", "skipped" -> Stage.FAILED;
            case "running", "canceling" -> Stage.RUNNING;
            default -> Stage.QUEUED;
        };
    }

    private static Question question(String path, ToolSettings settings) {
        return settings.question(
                ToolSettings.url(settings.settings(), USUAL_URL) + "/api/v4/projects/"
                        + ToolSettings.encoded(settings.settings().required(PROJECT)) + path,
                Map.of("PRIVATE-TOKEN", settings.token()));
    }
}

package dev.slipway.proof;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.proof.Caller.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** Conducts releases as the people of the sample do: everybody answers their own tasks, the way Tasklist sends it. */
final class Conduct {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CONFIRMED = "confirmed";

    private static final Map<String, String> MEMBERS = Map.of(
            "release-managers", "rita",
            "release-authority", "adam",
            "engineering", "evan",
            "qa", "quentin",
            "support", "sam",
            "product", "paula",
            "on-call", "olga",
            "database", "dora");

    private static final Map<String, Map<String, Object>> ANSWERS = answers();

    private final SlipwayProcess slipway;
    private final Set<String> answered = new HashSet<>();

    Conduct(SlipwayProcess slipway) {
        this.slipway = slipway;
    }

    private static Map<String, Map<String, Object>> answers() {
        var answers = new HashMap<String, Map<String, Object>>();
        answers.put("confirm-scope", Map.of("scopeDecision", CONFIRMED));
        answers.put(
                "verify-dependencies",
                Map.of(
                        "migrations", "none",
                        "environmentVariables", "none",
                        "queueWorkers", "none",
                        "scheduledJobs", "none",
                        "thirdParties", "none",
                        "dependenciesDecision", CONFIRMED));
        answers.put("confirm-tests", Map.of("minimumCoverage", 80, "measuredCoverage", 83, "testsDecision", CONFIRMED));
        answers.put(
                "confirm-rollback-plan",
                Map.of(
                        "rollbackPlan",
                        "All traffic goes back to the version that served before.",
                        "rollbackMinutes",
                        1,
                        "rollbackPlanDecision",
                        CONFIRMED));
        answers.put("accept-ownership", Map.of("ownershipDecision", CONFIRMED, "ownerContact", "erin, extension 12"));
        answers.put("accept-on-call", Map.of("onCallDecision", CONFIRMED, "onCallContact", "olga, extension 13"));
        answers.put("confirm-learned-checks", Map.of("learnedDecision", CONFIRMED));
        answers.put("approve-readiness", Map.of("approvalDecision", CONFIRMED));
        answers.put("edit-release-notes", Map.of("releaseNotes", "The shop is faster."));
        answers.put("acknowledge-release", Map.of("acknowledgement", "known"));
        answers.put(
                "decide-go",
                Map.of(
                        "goDecision", "go",
                        "rollbackCriteriaSeen", true,
                        "freezeConfirmed", true,
                        "onCallReachable", true));
        answers.put("confirm-final-status", Map.of("finalStatus", "This is how it ended.", "followUpRequired", false));
        // On a busy machine a short bake may not tell; no answer here ever waves a version through unmeasured.
        answers.put(
                "decide-inconclusive-step",
                Map.of("stepDecision", "bake", "stepReason", "The machine was busy, look longer."));
        answers.put(
                "decide-inconclusive-verdict",
                Map.of("verdictDecision", "extend", "verdictReason", "The machine was busy, look longer."));
        answers.put(
                "answer-review",
                Map.of(
                        "foundBy", "watchers",
                        "rollbackBelieved", "yes",
                        "notesGood", "yes",
                        "smallEnough", "yes",
                        "reviewNote", "The error rate told us at once."));
        answers.put("agree-on-checks", Map.of("newChecks", "Is the shop tried with a full cart?"));
        return answers;
    }

    /** Evan asks for it, Erin is in charge. */
    String open(String service, String version) {
        return opened(slipway.as("evan")
                .post("/api/v1/releases", request(service, version))
                .fine());
    }

    static Map<String, Object> request(String service, String version) {
        return Map.of("service", service, "version", version, "title", "A faster shop", "owner", "erin");
    }

    static String opened(Answer answer) {
        return answer.json().path("id").asText();
    }

    JsonNode release(String id) {
        return slipway.as("rita").get("/api/v1/releases/" + id).fine().json();
    }

    String timeline(String id) {
        return slipway.as("rita")
                .get("/api/v1/releases/" + id + "/timeline")
                .fine()
                .text();
    }

    JsonNode gate(String id) {
        return slipway.as("rita").get("/api/v1/releases/" + id + "/gate").fine().json();
    }

    String decision(String id) {
        return gate(id).path("decision").asText();
    }

    JsonNode measurements(String id) {
        return slipway.as("rita")
                .get("/api/v1/releases/" + id + "/measurements")
                .fine()
                .json();
    }

    JsonNode sandbox() {
        return slipway.as("rita").get("/sandbox").fine().json();
    }

    void breaks(String version, String kind, double intensity) {
        slipway.as("rita")
                .put("/sandbox/faults/" + version, Map.of("kind", kind, "intensity", intensity))
                .fine();
    }

    /** @return what the deployer has carried out for that version, in order */
    List<String> orders(String version) {
        var orders = new ArrayList<String>();
        for (var order : sandbox().path("orders")) {
            if (order.path("version").asText().equals(version)) {
                orders.add(order.path("kind").asText()
                        + (order.path("weight").isNull()
                                ? ""
                                : " " + order.path("weight").asInt())
                        + " x " + order.path("executions").asInt());
            }
        }
        return orders;
    }

    /** Everybody answers, up to the task and without it. */
    void bringTo(String id, String task) {
        answerUntil(id, () -> openTasks(id).stream().anyMatch(open -> key(open).equals(task)), Set.of(task));
    }

    /** Everybody answers until it is closed. */
    void bringToEnd(String id) {
        answerUntil(id, () -> isIn(id, "CLOSED"), Set.of());
    }

    /** Nobody answers anything until it has come there. */
    void reaches(String id, String... phases) {
        await().alias(id + " reaches " + List.of(phases))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isIn(id, phases));
    }

    private boolean isIn(String id, String... phases) {
        return List.of(phases).contains(release(id).path("phase").asText());
    }

    private void answerUntil(String id, BooleanSupplier there, Set<String> but) {
        await().alias(id + " is answered")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    openTasks(id).stream()
                            .filter(task -> !but.contains(key(task)))
                            .forEach(this::answer);
                    return there.getAsBoolean();
                });
    }

    /** @return the names in the diagram of all that people have to do for it now */
    List<String> openTaskKeys(String id) {
        return openTasks(id).stream().map(Conduct::key).toList();
    }

    List<JsonNode> openTasks(String id) {
        return list(slipway.as("rita")
                .get("/engine-rest/task?processInstanceBusinessKey=" + id)
                .fine()
                .json());
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String key(JsonNode task) {
        return task.path("taskDefinitionKey").asText();
    }

    void answer(String id, String task) {
        openTasks(id).stream().filter(open -> key(open).equals(task)).forEach(this::answer);
    }

    private void answer(JsonNode task) {
        var answers = ANSWERS.get(key(task));
        if (answers == null) {
            throw new AssertionError("Nobody expected to be asked: " + task + " " + briefing(task));
        }
        var id = task.path("id").asText();
        var who = who(task);
        if (task.path("assignee").isNull()) {
            slipway.as(who)
                    .post("/engine-rest/task/" + id + "/claim", Map.of("userId", who))
                    .fine();
        }
        submit(who, id, answers).fine();
        answered.add(task.path("processInstanceId").asText() + key(task) + who);
    }

    /** What the form shows above its questions. */
    String briefing(JsonNode task) {
        return slipway.as("rita")
                .get("/engine-rest/task/" + task.path("id").asText() + "/form-variables")
                .text();
    }

    Answer submit(String who, String taskId, Map<String, Object> answers) {
        var variables = new LinkedHashMap<String, Object>();
        answers.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return slipway.as(who).post("/engine-rest/task/" + taskId + "/submit-form", Map.of("variables", variables));
    }

    /** Whose it is; where several groups may, somebody who has not answered the same already. */
    private String who(JsonNode task) {
        if (!task.path("assignee").isNull()) {
            return task.path("assignee").asText();
        }
        var links = slipway.as("rita")
                .get("/engine-rest/task/" + task.path("id").asText() + "/identity-links?type=candidate")
                .fine()
                .json();
        return list(links).stream()
                .filter(link -> !link.path("groupId").isNull())
                .map(link -> MEMBERS.get(link.path("groupId").asText()))
                .filter(who -> !answered.contains(task.path("processInstanceId").asText() + key(task) + who))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody is left to answer " + task + ", asked: " + links));
    }
}

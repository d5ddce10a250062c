package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.release.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.junit.jupiter.api.Test;

/** What every diagram and form keeps, checked on the files themselves. */
class DiagramRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROCESSES = List.of(
            "release",
            "pre-release",
            "communication",
            "release-window",
            "observation",
            "rollback",
            "final-status",
            "post-release-review",
            "report-a-problem",
            "steer-release");
    private static final Set<String> START_FORMS = Set.of("request-release", "report-problem", "steer-release");

    private final Map<String, BpmnModelInstance> models = models();
    private final Map<String, JsonNode> forms = forms();

    @Test
    void all_processes_are_there_under_their_own_names() {
        assertThat(models.keySet()).containsExactlyInAnyOrderElementsOf(PROCESSES);
        models.forEach((name, model) -> {
            var process = model.getModelElementsByType(Process.class).iterator().next();
            assertThat(process.getId()).isEqualTo(name);
            assertThat(process.getCamundaVersionTag())
                    .as(name + ": version tag")
                    .isNotBlank();
            assertThat(process.getCamundaHistoryTimeToLiveString()).as(name).isNotBlank();
            assertThat(process.getDocumentations()).as(name + ": documentation").isNotEmpty();
        });
    }

    @Test
    void every_element_speaks() {
        assertThat(nodes().filter(
                                node -> node.getName() == null || node.getName().isBlank())
                        .map(FlowElement::getId))
                .as("without a name")
                .isEmpty();
        assertThat(nodes().map(FlowElement::getId).filter(id -> !id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")))
                .as("ids that are not kebab-case")
                .isEmpty();
        assertThat(nodes().filter(node -> node instanceof Activity)
                        .filter(node -> documentation(node).isBlank())
                        .map(FlowElement::getId))
                .as("activities without documentation")
                .isEmpty();
        assertThat(nodes().filter(node -> node instanceof Gateway
                                && !(node instanceof ParallelGateway)
                                && node.getOutgoing().size() > 1)
                        .filter(node -> !node.getName().endsWith("?"))
                        .map(FlowElement::getId))
                .as("deciding gateways that ask no question")
                .isEmpty();
    }

    @Test
    void every_element_is_drawn() {
        for (var model : models.values()) {
            var drawn = Stream.concat(
                            model.getModelElementsByType(BpmnShape.class).stream()
                                    .map(shape -> shape.getBpmnElement().getId()),
                            model.getModelElementsByType(BpmnEdge.class).stream()
                                    .map(edge -> edge.getBpmnElement().getId()))
                    .collect(Collectors.toSet());
            var elements = Stream.concat(
                            model.getModelElementsByType(FlowNode.class).stream(),
                            model.getModelElementsByType(SequenceFlow.class).stream())
                    .map(FlowElement::getId);
            assertThat(elements.filter(id -> !drawn.contains(id))).isEmpty();
        }
    }

    @Test
    void every_requirement_is_served_by_an_element_whose_documentation_names_it() {
        var named = nodes().map(DiagramRulesTest::documentation).collect(Collectors.joining("\n"));
        assertThat(Stream.of(Requirement.values())
                        .map(Requirement::id)
                        .filter(id ->
                                !Pattern.compile(id + "\\b").matcher(named).find()))
                .isEmpty();
    }

    @Test
    void every_user_task_has_an_owner_a_due_date_a_reminder_an_escalation_a_default_and_a_form() {
        userTasks().forEach(task -> {
            var who = task.getId();
            assertThat(task.getCamundaCandidateGroups())
                    .as(who + ": candidate groups")
                    .isNotBlank();
            assertThat(task.getCamundaDueDate()).as(who + ": due date").isNotBlank();
            assertThat(properties(task)).as(who + ": default").containsKey("default");
            assertThat(task.getCamundaFormRef()).as(who + ": form").isEqualTo(who);
            assertThat(task.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRefBinding"))
                    .isEqualTo("deployment");
            assertThat(forms).as(who + ": form file").containsKey(who);
            var listeners = xml(task);
            assertThat(listeners).as(who + ": reminder").contains("${remindPeople}");
            assertThat(listeners).as(who + ": escalation").contains("${raiseOverdue}");
        });
    }

    @Test
    void every_call_activity_calls_the_version_of_its_own_deployment() {
        models.values().stream()
                .flatMap(model -> model.getModelElementsByType(CallActivity.class).stream())
                .forEach(call -> {
                    assertThat(call.getCamundaCalledElementBinding()).isEqualTo("deployment");
                    assertThat(PROCESSES).contains(call.getCalledElement());
                });
    }

    @Test
    void every_form_belongs_to_a_task_and_begins_with_the_briefing() {
        var asked = userTasks().map(FlowElement::getId).collect(Collectors.toSet());
        asked.addAll(START_FORMS);
        assertThat(forms.keySet()).containsExactlyInAnyOrderElementsOf(asked);
        forms.forEach((name, form) -> {
            assertThat(form.path("id").asText()).isEqualTo(name);
            if (!START_FORMS.contains(name)) {
                assertThat(form.path("components").path(0).path("text").asText())
                        .as(name)
                        .isEqualTo("{{briefing}}");
            }
        });
    }

    @Test
    void every_form_field_is_used() {
        var read = readInDiagrams();
        read.addAll(readInJava());
        for (var task : userTasks().toList()) {
            var becomesEvidence = properties(task).containsKey("requirement");
            for (var key : keys(forms.get(task.getId()))) {
                // A reason or note is part of the timeline's sentence about the task.
                var told = key.endsWith("Reason") || key.endsWith("Note");
                assertThat(becomesEvidence || told || read.contains(key))
                        .as(task.getId() + ": field " + key)
                        .isTrue();
            }
        }
        START_FORMS.forEach(form -> assertThat(read).containsAll(keys(forms.get(form))));
    }

    @Test
    void every_variable_that_is_read_is_written_and_the_other_way_round() {
        var fields =
                forms.values().stream().flatMap(form -> keys(form).stream()).collect(Collectors.toSet());
        var written = new HashSet<>(fields);
        written.addAll(writtenInDiagrams());
        written.addAll(writtenInJava());
        assertThat(new TreeSet<>(minus(readInDiagrams(), written)))
                .as("read, never written")
                .isEmpty();

        var read = readInDiagrams();
        read.addAll(readInJava());
        var writtenOutsideForms = new HashSet<>(writtenInDiagrams());
        writtenOutsideForms.addAll(writtenInJava());
        writtenOutsideForms.removeAll(fields);
        assertThat(new TreeSet<>(minus(writtenOutsideForms, read)))
                .as("written, never read")
                .isEmpty();
    }

    // ---- what the diagrams read and write

    /** Names that the engine itself provides. */
    private static final Set<String> ENGINES_OWN = Set.of(
            "execution", "task", "loopCounter", "null", "true", "false", "demands", "empty", "not", "and", "or", "lt");

    private Set<String> readInDiagrams() {
        var read = new HashSet<String>();
        for (var model : models.values()) {
            var xml = Bpmn.convertToString(model);
            var expressions = Pattern.compile("[$#]\\{([^}]*)}").matcher(xml);
            while (expressions.find()) {
                read.addAll(variables(expressions.group(1)));
            }
            find("<camunda:in [^>]*source=\"(\\w+)\"", xml).forEach(read::add);
            find("<camunda:out [^>]*source=\"(\\w+)\"", xml).forEach(read::add);
            find("name=\"shows\" value=\"([^\"]+)\"", xml)
                    .forEach(shown -> read.addAll(List.of(shown.split("\\s*,\\s*"))));
        }
        read.addAll(find("<inputExpression[^>]*>\\s*<text>(\\w+)</text>", text(Path.of("processes/release-risk.dmn"))));
        forms.values().forEach(form -> read.addAll(find("\\{\\{(\\w+)}}", form.toString())));
        return read;
    }

    private static Set<String> variables(String expression) {
        var read = new HashSet<String>();
        var plain = expression.replace("&gt;", ">").replace("&amp;", "&").replaceAll("'[^']*'", "");
        var names = Pattern.compile("(?<![\\w.])([a-z]\\w*)(?!\\w|\\s*\\()").matcher(plain);
        while (names.find()) {
            var rest = plain.substring(names.end());
            var isBean = rest.matches("\\.\\w+\\(.*")
                    || (expression.equals(names.group(1)) && BEANS.contains(names.group(1)));
            if (!isBean && !ENGINES_OWN.contains(names.group(1))) {
                read.add(names.group(1));
            }
        }
        return read;
    }

    private Set<String> writtenInDiagrams() {
        var written = new HashSet<String>();
        for (var model : models.values()) {
            var xml = Bpmn.convertToString(model);
            written.addAll(find("<camunda:in [^>]*target=\"(\\w+)\"", xml));
            written.addAll(find("<camunda:out [^>]*target=\"(\\w+)\"", xml));
            written.addAll(find("<camunda:inputParameter name=\"(\\w+)\"", xml));
            written.addAll(find("<camunda:outputParameter name=\"(\\w+)\"", xml));
            written.addAll(find("setVariable\\('(\\w+)'", xml));
            written.addAll(find("camunda:elementVariable=\"(\\w+)\"", xml));
        }
        written.remove("demands");
        return written;
    }

    // ---- what Java reads and writes

    /** Delegates and listeners by bean name. */
    private static final Set<String> BEANS = sources().stream()
            .flatMap(path -> Stream.concat(
                    Stream.of(path.getFileName().toString().replace(".java", ""))
                            .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1)),
                    find("@Bean\\s+RunCollector (\\w+)\\(", text(path)).stream()))
            .collect(Collectors.toSet());

    private static final Pattern WRITE = Pattern.compile(
            "(?:setVariable|setVariableLocal|withVariable)\\(\\s*(\"\\w+\"|[\\w.]+)|\\bMap\\.of\\(\\s*(\"\\w+\"|[\\w.]+)");

    private static Set<String> writtenInJava() {
        var written = new HashSet<String>();
        for (var source : sources()) {
            var text = text(source);
            if (!text.contains("org.camunda") && !text.contains("ReleaseFlow")) {
                continue;
            }
            var matcher = WRITE.matcher(text);
            while (matcher.find()) {
                var name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                resolve(name).ifPresent(written::add);
            }
        }
        // Told by the watcher, the API and the deployer, by ReleaseFlow.tell.
        written.addAll(Set.of("exitReason", "stoppedBy", "signalText", "signalStops", "deploymentState"));
        // Found by collectors, and put in by ReleaseFacts.
        written.addAll(Set.of("migrationsFound", "onCallPeople"));
        return written;
    }

    private static Set<String> readInJava() {
        var read = new HashSet<String>();
        for (var source : sources()) {
            var text = WRITE.matcher(text(source)).replaceAll(" ");
            find("\"(\\w+)\"", text).forEach(read::add);
            find("\\b\\w*Variables\\.([A-Z_]+)\\b", text).forEach(name -> read.add(CONSTANTS.getOrDefault(name, name)));
            find("\\b([A-Z][A-Z_]+)\\b", text).forEach(name -> {
                if (CONSTANTS.containsKey(name) && !text.contains("static final String " + name + " =")) {
                    read.add(CONSTANTS.get(name));
                }
            });
        }
        return read;
    }

    private static final Map<String, String> CONSTANTS = constants();

    private static Map<String, String> constants() {
        var constants = new HashMap<String, String>();
        for (var source : sources()) {
            var matcher =
                    Pattern.compile("static final String (\\w+) = \"(\\w+)\"").matcher(text(source));
            while (matcher.find()) {
                constants.put(matcher.group(1), matcher.group(2));
            }
        }
        return constants;
    }

    private static java.util.Optional<String> resolve(String name) {
        if (name.startsWith("\"")) {
            return java.util.Optional.of(name.replace("\"", ""));
        }
        return java.util.Optional.ofNullable(CONSTANTS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    // ---- files

    private Stream<FlowNode> nodes() {
        return models.values().stream().flatMap(model -> model.getModelElementsByType(FlowNode.class).stream());
    }

    private Stream<UserTask> userTasks() {
        return models.values().stream().flatMap(model -> model.getModelElementsByType(UserTask.class).stream());
    }

    private static String documentation(FlowElement element) {
        return element.getDocumentations().stream()
                .map(org.camunda.bpm.model.xml.instance.ModelElementInstance::getTextContent)
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> properties(UserTask task) {
        return task.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                .flatMap(group -> group.getCamundaProperties().stream())
                .collect(Collectors.toMap(
                        property -> property.getCamundaName(), property -> property.getCamundaValue()));
    }

    private static String xml(UserTask task) {
        var whole = Bpmn.convertToString((BpmnModelInstance) task.getModelInstance());
        var from = whole.indexOf("id=\"" + task.getId() + "\"");
        return whole.substring(from, whole.indexOf("</bpmn:userTask>", from));
    }

    private static Set<String> keys(JsonNode form) {
        var keys = new TreeSet<String>();
        collect(form.path("components"), keys);
        return keys;
    }

    private static void collect(JsonNode components, Set<String> keys) {
        components.forEach(component -> {
            if (component.hasNonNull("key")) {
                keys.add(component.path("key").asText());
            }
            collect(component.path("components"), keys);
        });
    }

    private static Collection<String> minus(Set<String> one, Set<String> other) {
        var rest = new HashSet<>(one);
        rest.removeAll(other);
        return rest;
    }

    private static List<String> find(String pattern, String text) {
        var found = new ArrayList<String>();
        var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Map<String, BpmnModelInstance> models() {
        return files(Path.of("processes"), ".bpmn").stream()
                .collect(Collectors.toMap(
                        path -> path.getFileName().toString().replace(".bpmn", ""),
                        path -> Bpmn.readModelFromFile(path.toFile())));
    }

    private static Map<String, JsonNode> forms() {
        return files(Path.of("forms"), ".form").stream()
                .collect(Collectors.toMap(path -> path.getFileName().toString().replace(".form", ""), path -> {
                    try {
                        return JSON.readTree(path.toFile());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    private static List<Path> sources() {
        return files(Path.of("src/main/java"), ".java");
    }

    private static List<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

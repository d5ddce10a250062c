package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

class FormsTest {

    private static final Pattern COMPARED = Pattern.compile("(\\w+) [!=]= '([^']+)'");
    private static final Set<String> START_FORMS =
            Set.of("release/request-release", "report-a-problem/report-problem", "steer-release/steer-release");

    private final List<BpmnModelInstance> diagrams = files("processes", ".bpmn")
            .map(file -> Bpmn.readModelFromFile(file.toFile()))
            .toList();

    /** By process id and form id, such as {@code release-window/decide-go}. */
    private final Map<String, JsonNode> forms = files("forms", ".form")
            .collect(Collectors.toMap(
                    file -> file.getParent().getFileName() + "/"
                            + file.getFileName().toString().replaceFirst("\\.form$", ""),
                    FormsTest::read,
                    (one, other) -> one,
                    TreeMap::new));

    @Test
    void every_form_is_asked_for_by_a_diagram_and_every_task_has_its_own() {
        var asked = new LinkedHashSet<String>();
        for (var diagram : diagrams) {
            var process = diagram.getModelElementsByType(Process.class)
                    .iterator()
                    .next()
                    .getId();
            for (var task : diagram.getModelElementsByType(UserTask.class)) {
                assertThat(task.getCamundaFormRef()).isEqualTo(task.getId());
                asked.add(process + "/" + task.getId());
            }
            for (var start : diagram.getModelElementsByType(StartEvent.class)) {
                if (start.getCamundaFormRef() != null) asked.add(process + "/" + start.getCamundaFormRef());
            }
        }
        assertThat(forms.keySet()).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void a_form_is_known_by_its_file_name() {
        assertThat(forms).allSatisfy((path, form) -> assertThat(path).endsWith("/" + text(form, "id")));
    }

    @Test
    void people_read_what_is_known_before_they_answer() {
        assertThat(forms).allSatisfy((path, form) -> {
            var first = components(form).get(0);
            assertThat(text(first, "type")).isEqualTo("text");
            if (!START_FORMS.contains(path)) assertThat(text(first, "text")).isEqualTo("{{briefing}}");
        });
    }

    @Test
    void people_are_told_what_happens_if_nobody_answers() {
        assertThat(forms)
                .allSatisfy((path, form) -> assertThat(
                                START_FORMS.contains(path) || form.toString().contains("If nobody answers in time"))
                        .isTrue());
    }

    @Test
    void a_choice_must_be_made() {
        assertThat(forms)
                .allSatisfy((path, form) -> assertThat(components(form))
                        .filteredOn(component -> Set.of("radio", "select").contains(text(component, "type")))
                        .allSatisfy(choice -> assertThat(
                                        choice.path("validate").path("required").asBoolean())
                                .isTrue()));
    }

    @Test
    void a_question_that_shows_only_sometimes_depends_on_an_answer_of_the_same_form() {
        assertThat(forms).allSatisfy((path, form) -> {
            var keys = components(form).stream()
                    .map(component -> text(component, "key"))
                    .toList();
            assertThat(components(form))
                    .filteredOn(component -> component.has("conditional"))
                    .allSatisfy(component -> assertThat(keys)
                            .contains(component
                                    .path("conditional")
                                    .path("hide")
                                    .asText()
                                    .replaceFirst("^=(\\w+) .*$", "$1")));
        });
    }

    @Test
    void an_answer_is_never_longer_than_the_engine_keeps() {
        assertThat(forms)
                .allSatisfy((path, form) -> assertThat(components(form))
                        .filteredOn(component -> text(component, "type").startsWith("text") && component.has("key"))
                        .allSatisfy(field -> assertThat(
                                        field.path("validate").path("maxLength").asInt())
                                .isBetween(1, 4000)));
    }

    @Test
    void whatever_a_diagram_decides_on_can_be_chosen_in_a_form() {
        var choices = forms.values().stream()
                .flatMap(form -> components(form).stream())
                .filter(component -> "radio".equals(text(component, "type")))
                .collect(Collectors.toMap(
                        radio -> text(radio, "key"),
                        radio -> StreamSupport.stream(radio.path("values").spliterator(), false)
                                .map(value -> text(value, "value"))
                                .collect(Collectors.toSet()),
                        (one, other) -> one));
        var compared = diagrams.stream()
                .flatMap(diagram -> diagram.getModelElementsByType(SequenceFlow.class).stream())
                .filter(flow -> flow.getConditionExpression() != null)
                .flatMap(flow -> COMPARED.matcher(flow.getConditionExpression().getTextContent())
                        .results())
                .filter(match -> match.group(1).endsWith("Decision"))
                .toList();

        assertThat(compared)
                .isNotEmpty()
                .allSatisfy(match -> assertThat(choices.get(match.group(1))).contains(match.group(2)));
    }

    private static List<JsonNode> components(JsonNode form) {
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .toList();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String folder, String ending) {
        try (var walk = Files.walk(Path.of(folder))) {
            return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

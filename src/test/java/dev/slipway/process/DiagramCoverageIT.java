package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.community.process_test_coverage.core.export.CoverageStateJsonExporter;
import org.camunda.community.process_test_coverage.core.export.CoverageStateResult;
import org.camunda.community.process_test_coverage.core.model.Event;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.report.CoverageReportUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event, task, gateway and sequence flow of every diagram was passed by some diagram test of this build. Each test
 * class reports for itself; here the reports become one, in {@code target/process-test-coverage/all-diagrams}. What has
 * to be passed is read from the diagrams as they are now: a report on an older diagram covers nothing new.
 */
class DiagramCoverageIT {

    private static final Path REPORTS = Path.of("target", "process-test-coverage");
    private static final Path ALL = REPORTS.resolve("all-diagrams");

    private static String all;

    @BeforeAll
    static void one_report_of_all() throws IOException {
        all = reports().stream()
                .map(DiagramCoverageIT::read)
                .reduce(CoverageStateJsonExporter::combineCoverageStateResults)
                .orElseThrow(() -> new AssertionError("There is no report below " + REPORTS
                        + ": run the diagram tests first (mvn verify does, mvn verify -Dtest=... may not)."));
        all = withTotal(CoverageStateJsonExporter.readCoverageStateResult(all));
        Files.createDirectories(ALL);
        Files.writeString(ALL.resolve("report.json"), all);
        Files.writeString(ALL.resolve("report.html"), CoverageReportUtil.generateHtml(all));
    }

    /** The report shows a figure for each suite and none for all; a suite that has passed whatever any has gives it. */
    private static String withTotal(CoverageStateResult each) {
        var everything = new Run("all", "all tests");
        each.getEvents().stream()
                .collect(Collectors.toMap(
                        event -> List.of(event.getModelKey(), event.getDefinitionKey(), event.getType()),
                        event -> event,
                        (first, again) -> first,
                        LinkedHashMap::new))
                .values()
                .forEach(everything::addEvent);
        var total = new Suite("all", "All diagram tests");
        total.addRun(everything);
        var suites = new ArrayList<>(List.of(total));
        suites.addAll(each.getSuites());
        return CoverageStateJsonExporter.createCoverageStateResult(suites, each.getModels());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("diagrams")
    void every_element_is_passed(Path diagram) {
        var model = Bpmn.readModelFromFile(diagram.toFile());
        var key = model.getModelElementsByType(Process.class).iterator().next().getId();
        var passed = CoverageStateJsonExporter.readCoverageStateResult(all).getEvents(key).stream()
                .map(Event::getDefinitionKey)
                .collect(Collectors.toSet());

        handlers(model).forEach((boundary, handler) -> {
            if (passed.contains(handler)) {
                passed.add(boundary);
            }
        });

        var missing = model.getModelElementsByType(FlowElement.class).stream()
                .filter(element -> element instanceof FlowNode || element instanceof SequenceFlow)
                .map(FlowElement::getId)
                .filter(id -> !passed.contains(id))
                .sorted()
                .toList();

        assertThat(missing).as("elements of " + key + " that no test passes").isEmpty();
    }

    /**
     * The engine never enters the boundary event of a compensation: it enters what the event leads to.
     *
     * @return by the event's id, the id of the handler
     */
    private static Map<String, String> handlers(BpmnModelInstance model) {
        var handlers = new HashMap<String, String>();
        for (var association : model.getModelElementsByType(Association.class)) {
            if (association.getSource() instanceof BoundaryEvent boundary
                    && boundary.getEventDefinitions().stream().anyMatch(CompensateEventDefinition.class::isInstance)) {
                handlers.put(boundary.getId(), association.getTarget().getId());
            }
        }
        return handlers;
    }

    static List<Path> diagrams() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            var diagrams = files.filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList();
            assertThat(diagrams).as("diagrams").hasSizeGreaterThanOrEqualTo(8);
            return diagrams;
        }
    }

    /** One a test class, but for the one that is written here. */
    private static Set<Path> reports() throws IOException {
        if (!Files.isDirectory(REPORTS)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(REPORTS, 2)) {
            return files.filter(file -> file.endsWith("report.json") && !file.startsWith(ALL))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path report) {
        try {
            return Files.readString(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

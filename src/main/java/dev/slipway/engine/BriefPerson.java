package dev.slipway.engine;

import dev.slipway.release.Blockers;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import dev.slipway.release.Releases;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/**
 * On every user task: shows what a person needs before answering, and puts into the form's fields what is known. The
 * property {@code shows} of a task names the variables of the diagram that are shown too, separated by commas.
 */
@Component
class BriefPerson implements TaskListener {

    /** Text, local to the task: what the form shows on top. */
    static final String BRIEFING = "briefing";

    /** Text, local to the task: a table of what was found. */
    static final String FINDINGS = "findings";

    /** Number, local to the task: how much speaks against confirming it. */
    static final String BLOCKING = "blockingFindings";

    private static final String SHOWS = "shows";
    private static final String THREAD = "thread";

    /** The engine keeps no longer text in a variable. */
    private static final int LONGEST = 3_900;

    private final List<Briefing> briefings;
    private final List<Blockers> blockers;
    private final Releases releases;
    private final DiagramProperties properties;
    private final FormSchemas forms;
    private final FourEyes fourEyes;

    BriefPerson(
            List<Briefing> briefings,
            List<Blockers> blockers,
            Releases releases,
            DiagramProperties properties,
            FormSchemas forms,
            FourEyes fourEyes) {
        this.briefings = briefings;
        this.blockers = blockers;
        this.releases = releases;
        this.properties = properties;
        this.forms = forms;
        this.fourEyes = fourEyes;
    }

    @Override
    public void notify(DelegateTask task) {
        var release = ReleaseVariables.releaseId(task);
        var key = task.getTaskDefinitionKey();
        var said = properties.of(task.getProcessDefinitionId(), key);
        var concerned = briefings.stream()
                .filter(briefing -> briefing.tasks().contains(key))
                .toList();
        if (said.containsKey(FourEyes.PROPERTY)) {
            fourEyes.begin(task);
        }
        begin(task, release, concerned);
        task.setVariableLocal(BRIEFING, text(release, key, said, task::getVariable));
        task.setVariableLocal(FINDINGS, findings(release, key));
        task.setVariableLocal(BLOCKING, against(release, key).size());
    }

    /** @return a table of what was found about what this task asks; empty where there is nothing */
    String findings(ReleaseId release, String task) {
        return shortened(briefings.stream()
                .filter(briefing -> briefing.tasks().contains(task))
                .map(briefing -> briefing.findings(release, task))
                .filter(table -> !table.isBlank())
                .collect(Collectors.joining("\n\n")));
    }

    /** @return what speaks against confirming this task, a line each */
    List<String> against(ReleaseId release, String task) {
        return blockers.stream()
                .flatMap(one -> one.against(release, task).stream())
                .toList();
    }

    /** A task that is asked again must be answered again: earlier answers are forgotten, what is known is filled in. */
    private void begin(DelegateTask task, ReleaseId release, List<Briefing> concerned) {
        var known = new HashMap<String, Object>();
        concerned.forEach(briefing -> known.putAll(briefing.prefill(release, task.getTaskDefinitionKey())));
        for (var field : forms.of(task.getProcessDefinitionId(), task.getTaskDefinitionKey())
                .fields()) {
            if (known.containsKey(field.key())) {
                task.getExecution().setVariable(field.key(), shortened(known.get(field.key())));
            } else if (!task.hasVariable(field.key())
                    || field.isDecision()
                    || field.isReason()
                    || (field.required() && field.isCheckbox())) {
                task.getExecution().setVariable(field.key(), null);
            }
        }
    }

    /**
     * @param said     the task's properties in the diagram
     * @param variable reads a variable that the task sees; null where it is not set
     * @return what the form shows on top, as Markdown
     */
    String text(ReleaseId release, String task, Map<String, String> said, Function<String, Object> variable) {
        var subject = releases.get(release);
        var head = "**" + subject.name() + "** · " + subject.title() + "  \n" + release + ", in charge: "
                + subject.owner() + " · " + link(ReleaseLink.path(release), "all about it")
                + thread(release, variable.apply(THREAD));
        var shown = Arrays.stream(said.getOrDefault(SHOWS, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && hasText(variable.apply(name)))
                .map(name -> "**" + inWords(name) + ":** " + variable.apply(name));
        var told = briefings.stream()
                .filter(briefing -> briefing.tasks().contains(task))
                .map(briefing -> briefing.about(release, task))
                .filter(text -> !text.isBlank());
        return shortened(
                Stream.concat(Stream.of(head), Stream.concat(shown, told)).collect(Collectors.joining("\n\n")));
    }

    /** Opens beside the form: what was typed there stays. */
    private static String link(String address, String words) {
        return "<a href=\"" + address + "\" target=\"_blank\">" + words + "</a>";
    }

    /** @param link what the channel named its thread; the release's page where Slipway keeps the thread itself */
    private static String thread(ReleaseId release, Object link) {
        var elsewhere = link != null
                && link.toString().matches("https?://[^\"<>\\s]+")
                && !link.toString().endsWith(ReleaseLink.path(release));
        return elsewhere ? " · " + link(link.toString(), "its thread") : "";
    }

    private static boolean hasText(Object value) {
        return value != null && !value.toString().isBlank();
    }

    /** {@code openPoints} becomes "Open points". */
    private static String inWords(String name) {
        var words = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static Object shortened(Object value) {
        return value instanceof String text ? shortened(text) : value;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (shortened; the timeline has it all)";
    }
}

package dev.slipway.engine;

import dev.slipway.release.Actor;
import dev.slipway.release.Evidence;
import dev.slipway.release.EvidenceRepository;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * On every user task: what was answered is checked against the form, and becomes evidence of the task's requirement:
 * task, field, value, who, when. A designer who adds a field needs no Java for it to be kept.
 */
@Component
class KeepAnswers implements TaskListener {

    static final String REQUIREMENT = "requirement";
    private static final int LONGEST_SUMMARY = 2_000;

    private final FormSchemas forms;
    private final DiagramProperties properties;
    private final EngineIdentity identity;
    private final FourEyes fourEyes;
    private final Overrides overrides;
    private final EvidenceRepository evidence;
    private final Timeline timeline;
    private final Clock clock;
    private final ProcessEngineConfigurationImpl engine;

    KeepAnswers(
            FormSchemas forms,
            DiagramProperties properties,
            EngineIdentity identity,
            FourEyes fourEyes,
            Overrides overrides,
            EvidenceRepository evidence,
            Timeline timeline,
            Clock clock,
            @Lazy ProcessEngineConfigurationImpl engine) {
        this.forms = forms;
        this.properties = properties;
        this.identity = identity;
        this.fourEyes = fourEyes;
        this.overrides = overrides;
        this.evidence = evidence;
        this.timeline = timeline;
        this.clock = clock;
        this.engine = engine;
    }

    @Override
    public void notify(DelegateTask task) {
        var said = properties.of(task.getProcessDefinitionId(), task.getTaskDefinitionKey());
        var who = identity.user()
                .map(Actor::person)
                .orElse(task.getAssignee() == null ? Actor.machine("engine") : Actor.person(task.getAssignee()));
        var answers = Answers.of(
                forms.of(task.getProcessDefinitionId(), task.getTaskDefinitionKey()),
                task::getVariable,
                (condition, values) -> holds(condition, task, values));
        if (said.containsKey(FourEyes.PROPERTY)) {
            fourEyes.check(task, who, answers.result());
        }
        var release = ReleaseVariables.releaseId(task);
        var overridden = overrides.check(release, task, who, answers);
        var result = overridden.isEmpty() ? answers.result() : Evidence.Result.OVERRIDDEN;
        keep(release, task, first(said.getOrDefault(REQUIREMENT, "")), who, answers, result);
        timeline.record(release, who, task.getName() + ": " + answers.inWords(), answers.listed());
        if (!overridden.isEmpty()) {
            timeline.record(
                    release,
                    who,
                    "Override: " + task.getName() + " confirmed against " + overridden.size() + " blocking findings. "
                            + answers.reasons(),
                    String.join("\n", overridden));
        }
    }

    private void keep(
            ReleaseId release,
            DelegateTask task,
            String requirement,
            Actor who,
            Answers answers,
            Evidence.Result result) {
        for (var field : answers.answered()) {
            var answered = field.requirement() == null ? requirement : field.requirement();
            if (!answered.isEmpty()) {
                evidence.save(new Evidence(
                        null,
                        release.number(),
                        answered,
                        result,
                        shortened(task.getName() + ": " + field.label() + ": " + answers.text(field)),
                        null,
                        task.getTaskDefinitionKey(),
                        field.key(),
                        answers.text(field),
                        who.name(),
                        clock.instant()));
            }
        }
    }

    private boolean holds(String condition, DelegateTask task, Map<String, Object> values) {
        var known = new HashMap<String, Object>(task.getVariables());
        known.putAll(values);
        FeelEngine feel = engine.getDmnEngineConfiguration().getFeelEngine();
        var result = feel.evaluateSimpleExpression(
                condition.replaceFirst("^=", ""), Variables.fromMap(known).asVariableContext());
        return Boolean.TRUE.equals(result);
    }

    /** Where a task serves several requirements, its fields say which; what they leave open belongs to the first. */
    private static String first(String requirements) {
        var comma = requirements.indexOf(',');
        return comma < 0
                ? requirements.strip()
                : requirements.substring(0, comma).strip();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY - 1) + "…";
    }
}

package dev.slipway.engine;

import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Attaches what holds for every diagram, so that no diagram has to say it: a call activity or event with the property
 * {@code phase} moves the release into that phase, every user task briefs its person and keeps the answers.
 */
@Component
class ReleaseListeners extends AbstractBpmnParseListener {

    private final EnterPhase enterPhase;
    private final DeclareOutcome declareOutcome;
    private final BriefPerson briefPerson;
    private final KeepAnswers keepAnswers;

    // The listeners need services of the engine that is just being built.
    ReleaseListeners(
            @Lazy EnterPhase enterPhase,
            @Lazy DeclareOutcome declareOutcome,
            @Lazy BriefPerson briefPerson,
            @Lazy KeepAnswers keepAnswers) {
        this.enterPhase = enterPhase;
        this.declareOutcome = declareOutcome;
        this.briefPerson = briefPerson;
        this.keepAnswers = keepAnswers;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        enteringPhase(element, activity);
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addTaskListener(TaskListener.EVENTNAME_CREATE, briefPerson);
        // Kept before the diagram's own listeners see the answers: bad input must be refused first.
        task.getTaskListeners()
                .computeIfAbsent(TaskListener.EVENTNAME_COMPLETE, event -> new ArrayList<>())
                .add(0, keepAnswers);
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        enteringPhase(element, activity);
    }

    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        enteringPhase(element, activity);
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        enteringPhase(element, activity);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (DiagramProperties.of(element).containsKey(DeclareOutcome.PROPERTY)) {
            activity.addListener(ExecutionListener.EVENTNAME_START, declareOutcome);
        }
    }

    private void enteringPhase(Element element, ActivityImpl activity) {
        if (DiagramProperties.of(element).containsKey(EnterPhase.PROPERTY)) {
            activity.addListener(ExecutionListener.EVENTNAME_START, enterPhase);
        }
    }
}

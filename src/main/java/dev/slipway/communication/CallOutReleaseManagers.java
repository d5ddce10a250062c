package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.ReleaseLink;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Call out release managers</em> (WIN-5, COM-1): again and again while the old version is not restored. */
@Component
class CallOutReleaseManagers implements JavaDelegate {

    private static final String CALLED = "callOuts"; // whole number, how often
    private static final String TROUBLE = "trouble"; // text, what went wrong on the way back

    private final Announcements announcements;
    private final ReleaseLink links;

    CallOutReleaseManagers(Announcements announcements, ReleaseLink links) {
        this.announcements = announcements;
        this.links = links;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var definition = announcements.definition(release);
        var times = ReleaseVariables.number(execution, CALLED, 0) + 1;
        execution.setVariable(CALLED, times);
        announcements.say(
                release,
                "call-out:" + execution.getProcessInstanceId() + ":" + times,
                ReleaseVariables.text(execution, ReleaseVariables.RELEASE_NAME)
                        + " is not rolled back: somebody has to take over (call " + times + ")",
                Stream.of(
                                "For: " + definition.group("release-managers") + ", " + definition.group("on-call")
                                        + ". Task: Take over rollback.",
                                ReleaseVariables.text(execution, TROUBLE),
                                "→ " + links.to(release))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("\n\n")));
    }
}

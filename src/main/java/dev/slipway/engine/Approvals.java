package dev.slipway.engine;

import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Whose approval a release owes (n of m, and each role): first as many of the release authority and the release
 * managers as the risk table asks for, then one of each role that it names besides.
 */
@InDiagrams
@Component
public class Approvals {

    private static final String LOOP_COUNTER = "loopCounter";

    private final Roles roles;

    Approvals(Roles roles) {
        this.roles = roles;
    }

    /**
     * Where evidence is only renewed, earlier approvals stand as long as nothing was asked again and no more is
     * demanded than was given.
     *
     * @return how many approvals are owed now; 0 for none
     */
    public int owed(DelegateExecution execution) {
        var required = ReleaseVariables.number(execution, "requiredApprovals", 1);
        var named = named(execution, "approvingRoles");
        if (Boolean.TRUE.equals(execution.getVariable("renewal"))
                && !Boolean.TRUE.equals(execution.getVariable("askedAgain"))
                && required <= ReleaseVariables.number(execution, "approvalsGiven", 0)
                && named(execution, "rolesGiven").containsAll(named)) {
            return 0;
        }
        return required + named.size();
    }

    /** @return the groups of which one person gives the approval that is asked now, separated by commas */
    public String groups(DelegateExecution execution) {
        var turn = ReleaseVariables.number(execution, LOOP_COUNTER, 0);
        var required = ReleaseVariables.number(execution, "requiredApprovals", 1);
        if (turn < required) {
            return roles.group(execution, "release-authority") + "," + roles.group(execution, "release-managers");
        }
        return roles.group(execution, named(execution, "approvingRoles").get(turn - required));
    }

    private static List<String> named(DelegateExecution execution, String variable) {
        var text = ReleaseVariables.text(execution, variable);
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}

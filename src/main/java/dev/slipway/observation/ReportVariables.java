package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the form of diagram <em>Report a problem</em> brings. Names equal the diagram's. */
final class ReportVariables {

    static final String KIND = "reportKind"; // text: a ProblemReports.Kind, or NOTE
    static final String SEVERITY = "reportSeverity"; // text: a ProblemReports.Severity; not set with a note
    static final String TEXT = "reportText"; // text
    static final String REPORTER = "reporter"; // text, user id

    private ReportVariables() {}

    /** @throws Refusal.BadInput where what was typed is not the id of a release */
    static ReleaseId release(VariableScope scope) {
        var typed = ReleaseVariables.text(scope, ReleaseVariables.RELEASE_ID);
        return ReleaseId.parse(typed == null ? "" : typed.strip().toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new Refusal.BadInput(
                        ReleaseVariables.RELEASE_ID,
                        "Release: " + typed + " is not the id of a release such as REL-42."));
    }

    /** @throws Refusal.BadInput where nothing of that kind was chosen */
    static <E extends Enum<E>> E choice(VariableScope scope, String name, Class<E> type) {
        var chosen = ReleaseVariables.text(scope, name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new Refusal.BadInput(
                        name,
                        name + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}

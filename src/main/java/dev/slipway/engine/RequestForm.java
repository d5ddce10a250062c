package dev.slipway.engine;

import dev.slipway.release.Change;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.VariableScope;

/** Reads a request as the start form or message {@code ReleaseRequested} brings it: one variable a field, all text. */
final class RequestForm {

    /** What the form brings and nobody needs as a variable once the release is open. */
    static final List<String> ONLY_FOR_OPENING = List.of(
            "title",
            "changes",
            "fromRevision",
            "toRevision",
            "dependencies",
            "rollbackPlan",
            "manualSteps",
            "windowStart",
            "windowEnd",
            "againBecause");

    private RequestForm() {}

    /** @param requestedBy user id of who filled it in, or the name of the machine that sent the message */
    static ReleaseRequest read(VariableScope scope, String requestedBy) {
        return new ReleaseRequest(
                text(scope, "service"),
                text(scope, "version"),
                text(scope, "title"),
                text(scope, "owner"),
                requestedBy,
                changes(text(scope, "changes")),
                text(scope, "fromRevision"),
                text(scope, "toRevision"),
                text(scope, "dependencies"),
                Boolean.TRUE.equals(scope.getVariable("schemaChange")),
                text(scope, "rollbackPlan"),
                lines(text(scope, "manualSteps")),
                instant(scope, "windowStart"),
                instant(scope, "windowEnd"),
                text(scope, "againBecause"),
                null);
    }

    /** @param text one change a line, such as {@code feature: pay by invoice (SHOP-12)}; without a kind it is a feature */
    static List<Change> changes(String text) {
        return lines(text).stream().map(RequestForm::change).toList();
    }

    static List<String> lines(String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static Change change(String line) {
        var colon = line.indexOf(':');
        var kind = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        var title = colon < 0 ? line : line.substring(colon + 1).strip();
        return switch (kind) {
            case "feature", "feat" -> Change.of(Change.Kind.FEATURE, title, null);
            case "fix", "bug" -> Change.of(Change.Kind.FIX, title, null);
            case "infrastructure", "infra" -> Change.of(Change.Kind.INFRASTRUCTURE, title, null);
            default -> Change.of(Change.Kind.FEATURE, line, null);
        };
    }

    private static String text(VariableScope scope, String name) {
        var value = scope.getVariable(name);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    private static Instant instant(VariableScope scope, String name) {
        if (scope.getVariable(name) instanceof Date date) {
            return date.toInstant();
        }
        var text = text(scope, name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal.BadInput(
                    name, name + ": " + text + " is no time with zone such as 2026-12-01T09:00:00Z.");
        }
    }
}

package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.Change;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of POST /releases. */
@Schema(name = "NewRelease", description = "What a release is opened with.")
record NewRelease(
        @Schema(description = "The service, as its file in services/ names it.", example = "checkout")
        @NotBlank(message = "service is missing. Give the name of a service that has a file in services/.")
        @Size(
                max = 100,
                message = "service is longer than 100 characters. Give the name as its file in services/ does.")
        String service,

        @Schema(description = "The version to be released.", example = "1.5.0")
        @NotBlank(message = "version is missing. Give the version to be released, such as 1.5.0.")
        @Size(max = 100, message = "version is longer than 100 characters. Shorten it.")
        String version,

        @Schema(description = "One line for people.", example = "Faster checkout")
        @NotBlank(message = "title is missing. Say in one line what this release is about.")
        @Size(max = 200, message = "title is longer than 200 characters. Say it in one line.")
        String title,

        @Schema(description = "User id of the person in charge; the caller where it is left out.", example = "erin")
        @Size(max = 255, message = "owner is longer than 255 characters. Give a user id.")
        String owner,

        @Schema(description = "What it changes.")
        @Size(max = 1000, message = "changes has more than 1,000 entries. Split the release.")
        List<@NotNull(message = "changes has an empty entry. Remove it.") @Valid NewChange> changes,

        @Schema(description = "Where the scope begins in the repository.", example = "v1.4.2")
        @Size(max = 200, message = "fromRevision is longer than 200 characters. Give a tag, branch or commit.")
        String fromRevision,

        @Schema(description = "Where the scope ends in the repository.", example = "v1.5.0")
        @Size(max = 200, message = "toRevision is longer than 200 characters. Give a tag, branch or commit.")
        String toRevision,

        @Schema(
                description = "What is known about dependencies: text, or an object or list, which is kept as text.",
                type = "object",
                example = "{\"environment\": [\"CHECKOUT_TIMEOUT\"]}")
        JsonNode dependencies,

        @Schema(description = "Whether the database schema changes (PRE-6).", example = "false")
        Boolean schemaChange,

        @Schema(
                description =
                        "How to go back: text, or {text, manualSteps[]}. A step a line, such as \"[auto] 1 min: give all"
                                + " traffic back to 1.4.2 -> it serves 100 %\"; the service's own steps where it is left"
                                + " out.",
                type = "object",
                example = "{\"text\": \"Shift all traffic back to 1.4.2.\", \"manualSteps\":"
                        + " [\"[manual] olga, 5 min: clear the price cache -> the prices of today are shown\"]}")
        JsonNode rollbackPlan,

        @Schema(
                description = "Manual steps of going back, in order: who, how long, what, and how to verify it.",
                example = "[\"[manual] olga, 5 min: clear the price cache -> the prices of today are shown\"]")
        @Size(max = 100, message = "manualSteps has more than 100 entries. Automate some, or split the release.")
        List<@NotBlank(message = "manualSteps has an empty entry. Remove it.") String> manualSteps,

        @Schema(description = "When it may be released; as soon as it is ready where it is left out.") @Valid
        Window window,

        @Schema(
                description = "Why a version that was hauled back before is released again; it is barred otherwise.",
                example = "Only the configuration of the mail server was wrong.")
        @Size(max = 1000, message = "againBecause is longer than 1,000 characters. Shorten it.")
        String againBecause)
        implements Body {

    private static final int LONGEST_TEXT = 20_000;

    @Schema(name = "NewChange")
    record NewChange(
            @Schema(example = "FEATURE") @NotNull(message = "kind is missing. Give FEATURE, FIX or INFRASTRUCTURE.")
            Change.Kind kind,

            @Schema(example = "Pay by invoice")
            @NotBlank(message = "title is missing. Say what changes, in one line.")
            @Size(max = 1000, message = "title is longer than 1,000 characters. Shorten it.")
            String title,

            @Schema(description = "A ticket, pull request or commit.", example = "SHOP-123")
            @Size(max = 1000, message = "reference is longer than 1,000 characters. Shorten it.")
            String reference)
            implements Body {}

    @Schema(name = "Window")
    record Window(
            @Schema(description = "Not before.", format = "date-time", example = "2026-03-02T09:00:00+01:00")
            String start,

            @Schema(description = "Not after.", format = "date-time", example = "2026-03-02T12:00:00+01:00")
            String end)
            implements Body {}

    /** @throws Refusal.BadInput where a value can't be understood */
    ReleaseRequest request(String by, String idempotencyKey) {
        var start = window == null ? null : time("window.start", window.start());
        var end = window == null ? null : time("window.end", window.end());
        if (start != null && end != null && !end.isAfter(start)) {
            throw new Refusal.BadInput("window.end", "window.end must be after window.start.");
        }
        return new ReleaseRequest(
                service.strip(),
                version.strip(),
                title.strip(),
                owner == null || owner.isBlank() ? null : owner.strip(),
                by,
                changes == null
                        ? List.of()
                        : changes.stream()
                                .map(change -> Change.of(change.kind(), change.title(), change.reference()))
                                .toList(),
                fromRevision,
                toRevision,
                text("dependencies", dependencies),
                Boolean.TRUE.equals(schemaChange),
                planText(),
                steps(),
                start,
                end,
                againBecause,
                idempotencyKey);
    }

    private static Instant time(String field, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal.BadInput(
                    field, field + " is no time with a zone. Write it like 2026-03-02T09:00:00+01:00.");
        }
    }

    private static String text(String field, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isContainerNode()) {
            throw new Refusal.BadInput(field, field + " must be text, an object or a list.");
        }
        var text = value.isTextual() ? value.textValue() : value.toPrettyString();
        if (text.length() > LONGEST_TEXT) {
            throw new Refusal.BadInput(field, field + " is longer than 20,000 characters. Shorten it, or link to it.");
        }
        return text.isBlank() ? null : text;
    }

    private String planText() {
        if (rollbackPlan == null || !rollbackPlan.isObject()) {
            if (rollbackPlan != null && !rollbackPlan.isTextual() && !rollbackPlan.isNull()) {
                throw new Refusal.BadInput(
                        "rollbackPlan", "rollbackPlan must be text, or an object with text and manualSteps.");
            }
            return text("rollbackPlan", rollbackPlan);
        }
        rollbackPlan.fieldNames().forEachRemaining(name -> {
            if (!Set.of("text", "manualSteps").contains(name)) {
                throw new Refusal.BadInput(
                        "rollbackPlan." + name, "rollbackPlan." + name + " is unknown. Known here: text, manualSteps.");
            }
        });
        var text = rollbackPlan.get("text");
        if (text != null && !text.isTextual() && !text.isNull()) {
            throw new Refusal.BadInput("rollbackPlan.text", "rollbackPlan.text must be text in quotes.");
        }
        return text("rollbackPlan.text", text);
    }

    private List<String> steps() {
        var all = new ArrayList<String>();
        if (rollbackPlan != null && rollbackPlan.hasNonNull("manualSteps")) {
            var steps = rollbackPlan.get("manualSteps");
            if (!steps.isArray()) {
                throw new Refusal.BadInput(
                        "rollbackPlan.manualSteps", "rollbackPlan.manualSteps must be a list of texts.");
            }
            for (var step : steps) {
                if (!step.isTextual() || step.textValue().isBlank()) {
                    throw new Refusal.BadInput(
                            "rollbackPlan.manualSteps[" + all.size() + "]",
                            "rollbackPlan.manualSteps must be a list of texts, none of them empty.");
                }
                all.add(step.textValue());
            }
        }
        if (manualSteps != null) {
            all.addAll(manualSteps);
        }
        // Steps are kept one a line.
        var lines = all.stream()
                .map(step -> step.strip().replaceAll("\\s*\\R\\s*", " "))
                .toList();
        if (String.join("\n", lines).length() > LONGEST_TEXT) {
            throw new Refusal.BadInput(
                    "manualSteps", "manualSteps is longer than 20,000 characters. Link to a runbook instead.");
        }
        return lines;
    }
}

package dev.slipway.console;

import dev.slipway.communication.markdown.Markdown;
import dev.slipway.release.EarlyEnd;
import dev.slipway.release.Invitation;
import dev.slipway.release.Invitations;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseFlow.Question;
import dev.slipway.release.Releases;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page behind a link in a message that many read: whoever has the authority answers the task that waits, with the
 * same form and the same checks as in Tasklist, or rolls back (WIN-5). To look at it changes nothing, so that a mail
 * scanner can't answer; it asks for a login of its own, so that no other page can send the form.
 */
@RestController
@RequestMapping(path = "/decide/{token}", produces = MediaType.TEXT_HTML_VALUE)
class DecidePage {

    private final Invitations invitations;
    private final Releases releases;
    private final ReleaseFlow flow;
    private final EarlyEnd earlyEnd;
    private final Authority authority;
    private final TransactionTemplate transaction;

    DecidePage(
            Invitations invitations,
            Releases releases,
            ReleaseFlow flow,
            EarlyEnd earlyEnd,
            Authority authority,
            TransactionTemplate transaction) {
        this.invitations = invitations;
        this.releases = releases;
        this.flow = flow;
        this.earlyEnd = earlyEnd;
        this.authority = authority;
        this.transaction = transaction;
    }

    @GetMapping
    ResponseEntity<String> show(@PathVariable("token") String token, @AuthenticationPrincipal CurrentUser user) {
        try {
            var invitation = invitations.read(token, user.name());
            var release = releases.get(invitation.release());
            if (isRollBack(invitation)) {
                authority.requireToRollBack(user, release);
                return Html.page(HttpStatus.OK, RollBackPage.form(release));
            }
            return Html.page(HttpStatus.OK, form(release, flow.question(release.id(), invitation.task(), user.name())));
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> answer(
            @PathVariable("token") String token,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal CurrentUser user) {
        try {
            var done = transaction.execute(status -> answered(token, form, user));
            return Html.page(HttpStatus.OK, done);
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    private String answered(String token, Map<String, String> form, CurrentUser user) {
        var invitation = invitations.read(token, user.name());
        var release = releases.get(invitation.release());
        if (isRollBack(invitation)) {
            authority.requireToRollBack(user, release);
            invitations.use(invitation);
            earlyEnd.rollBack(release.id(), form.getOrDefault("reason", ""), user.name());
            return RollBackPage.begun(release);
        }
        var question = flow.question(release.id(), invitation.task(), user.name());
        invitations.use(invitation);
        flow.answer(release.id(), invitation.task(), user.name(), answers(question, form));
        return "<h1>Thank you</h1><p>Your answer stands in the timeline of <a href=\"/releases/%s\">%s</a>.</p>"
                .formatted(release.id(), Html.escaped(release.name()));
    }

    private static boolean isRollBack(Invitation invitation) {
        return invitation.task().equals(Invitations.ROLL_BACK);
    }

    /** A browser sends texts, and nothing for a box that is not ticked. */
    private static Map<String, Object> answers(Question question, Map<String, String> form) {
        var answers = new HashMap<String, Object>();
        for (var field : question.fields()) {
            var text = form.getOrDefault(field.key(), "").strip();
            if (field.kind().equals("checkbox")) {
                answers.put(field.key(), !text.isEmpty());
            } else if (field.kind().equals("number")) {
                answers.put(field.key(), text.isEmpty() ? null : number(field, text));
            } else {
                answers.put(field.key(), text.isEmpty() ? null : text);
            }
        }
        return answers;
    }

    private static Double number(Question.Field field, String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new Refusal.BadInput(field.key(), "\"" + field.label() + "\" must be a number, not " + text + ".");
        }
    }

    private static String form(Release release, Question question) {
        return """
                <h1>%s</h1>
                <p>%s · %s · <a href="/releases/%s">all about it</a></p>
                <div class="briefing">%s</div>
                <form method="post">
                %s
                <button>Answer</button>
                </form>""".formatted(
                        Html.escaped(question.name()),
                        Html.escaped(release.name()),
                        Html.escaped(release.id().toString()),
                        release.id(),
                        Markdown.html(question.briefing()),
                        question.fields().stream().map(DecidePage::input).collect(Collectors.joining("\n")));
    }

    private static String input(Question.Field field) {
        var key = Html.escaped(field.key());
        var label = Html.escaped(field.label());
        var known = Html.escaped(field.known());
        var required = field.required() ? " required" : "";
        if (!field.choices().isEmpty()) {
            return "<fieldset><legend>%s</legend>%s</fieldset>".formatted(label, choices(field, key, required));
        }
        return switch (field.kind()) {
            case "checkbox" ->
                "<label class=\"choice\"><input type=\"checkbox\" name=\"%s\" value=\"yes\"%s> %s</label>"
                        .formatted(key, required, label);
            case "textarea" ->
                "<label>%s <textarea name=\"%s\" maxlength=\"4000\"%s>%s</textarea></label>"
                        .formatted(label, key, required, known);
            default -> "<label>%s <input name=\"%s\" value=\"%s\"%s></label>".formatted(label, key, known, required);
        };
    }

    private static String choices(Question.Field field, String key, String required) {
        return field.choices().entrySet().stream()
                .map(choice -> "<label class=\"choice\"><input type=\"radio\" name=\"%s\" value=\"%s\"%s%s> %s</label>"
                        .formatted(
                                key,
                                Html.escaped(choice.getKey()),
                                choice.getKey().equals(field.known()) ? " checked" : "",
                                required,
                                Html.escaped(choice.getValue())))
                .collect(Collectors.joining());
    }
}

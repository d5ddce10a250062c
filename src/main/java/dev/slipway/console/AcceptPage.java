package dev.slipway.console;

import dev.slipway.release.Invitation;
import dev.slipway.release.Invitations;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.Releases;
import dev.slipway.security.CurrentUser;
import java.util.HashMap;
import java.util.Map;
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
 * The page behind a link in a message: who was asked accepts to be in charge, or to be on call (PRE-5). To look at it
 * changes nothing, so that a mail scanner can't answer.
 */
@RestController
@RequestMapping(path = "/accept/{token}", produces = MediaType.TEXT_HTML_VALUE)
class AcceptPage {

    /** What each task that can be answered here calls its fields, and asks. */
    private enum Asked {
        ACCEPT_OWNERSHIP("accept-ownership", "ownership", "ownerContact", "be in charge of"),
        ACCEPT_ON_CALL("accept-on-call", "onCall", "onCallContact", "be on call for");

        private final String task;
        private final String variable;
        private final String contact;
        private final String words;

        Asked(String task, String variable, String contact, String words) {
            this.task = task;
            this.variable = variable;
            this.contact = contact;
            this.words = words;
        }

        static Asked of(Invitation invitation) {
            for (var asked : values()) {
                if (asked.task.equals(invitation.task())) {
                    return asked;
                }
            }
            throw new Refusal.Conflict("This task can only be answered in Tasklist.");
        }
    }

    private final Invitations invitations;
    private final Releases releases;
    private final ReleaseFlow flow;
    private final TransactionTemplate transaction;

    AcceptPage(Invitations invitations, Releases releases, ReleaseFlow flow, TransactionTemplate transaction) {
        this.invitations = invitations;
        this.releases = releases;
        this.flow = flow;
        this.transaction = transaction;
    }

    @GetMapping
    ResponseEntity<String> show(@PathVariable("token") String token, @AuthenticationPrincipal CurrentUser user) {
        try {
            var invitation = invitations.read(token, user.name());
            var release = releases.get(invitation.release());
            return Html.page(HttpStatus.OK, """
                    <h1>%s</h1>
                    <p>%s · %s</p>
                    <p>%s, will you %s this release%s?</p>
                    <form method="post">
                    <label>How can you be reached? <input name="contact" maxlength="200" autofocus></label>
                    <label>If not, why? <textarea name="reason" maxlength="4000"></textarea></label>
                    <button name="answer" value="confirmed">I will</button>
                    <button name="answer" value="rejected">I will not</button>
                    </form>""".formatted(
                            Html.escaped(release.name()),
                            Html.escaped(release.id().toString()),
                            Html.escaped(release.title()),
                            Html.escaped(invitation.person()),
                            Asked.of(invitation).words,
                            release.windowStart() == null ? "" : Html.escaped(", from " + release.windowStart())));
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
            transaction.executeWithoutResult(status -> answered(token, form, user));
            return Html.page(HttpStatus.OK, "<h1>Thank you</h1><p>Your answer stands in the release's timeline.</p>");
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    private void answered(String token, Map<String, String> form, CurrentUser user) {
        var invitation = invitations.read(token, user.name());
        var asked = Asked.of(invitation);
        var answers = new HashMap<String, Object>();
        answers.put(asked.variable + "Decision", form.getOrDefault("answer", ""));
        answers.put(asked.contact, form.getOrDefault("contact", ""));
        answers.put(asked.variable + "Reason", form.getOrDefault("reason", ""));
        invitations.use(invitation);
        flow.answer(invitation.release(), invitation.task(), user.name(), answers);
    }
}

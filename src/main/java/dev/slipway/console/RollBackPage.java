package dev.slipway.console;

import dev.slipway.release.EarlyEnd;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page by which whoever has the authority rolls back (WIN-5), linked from the page about the release. To look at it changes
 * nothing, so that a mail scanner can't. It asks for a user name and password of its own: being logged in to Tasklist is
 * not enough, so that no other page can send the form.
 */
@RestController
@RequestMapping(path = "/releases/{id}/roll-back", produces = MediaType.TEXT_HTML_VALUE)
class RollBackPage {

    private final Releases releases;
    private final EarlyEnd earlyEnd;
    private final Authority authority;

    RollBackPage(Releases releases, EarlyEnd earlyEnd, Authority authority) {
        this.releases = releases;
        this.earlyEnd = earlyEnd;
        this.authority = authority;
    }

    @GetMapping
    ResponseEntity<String> show(@PathVariable("id") String id, @AuthenticationPrincipal CurrentUser user) {
        try {
            var release = releases.get(ReleaseId.of(id));
            authority.requireToRollBack(user, release);
            return Html.page(HttpStatus.OK, form(release));
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> rollBack(
            @PathVariable("id") String id,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            @AuthenticationPrincipal CurrentUser user) {
        try {
            var release = releases.get(ReleaseId.of(id));
            authority.requireToRollBack(user, release);
            earlyEnd.rollBack(release.id(), reason, user.name());
            return Html.page(HttpStatus.OK, begun(release));
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    /** @return what asks whoever may whether to roll back, and why */
    static String form(Release release) {
        return """
                <h1>Roll back %s?</h1>
                <p>%s · %s</p>
                <p>%s gets all traffic back at once, and everybody who follows the release is told.</p>
                <form method="post">
                <label>Why? <textarea name="reason" maxlength="1000" required autofocus></textarea></label>
                <button>Roll back now</button>
                </form>""".formatted(
                        Html.escaped(release.name()),
                        Html.escaped(release.id().toString()),
                        Html.escaped(release.title()),
                        release.servingVersion() == null
                                ? "The version that served before"
                                : Html.escaped(release.service() + " " + release.servingVersion()));
    }

    /** @return what is told whoever has rolled back */
    static String begun(Release release) {
        return "<h1>The way back has begun</h1><p><a href=\"/releases/%s\">%s</a></p>"
                .formatted(release.id(), Html.escaped(release.name()));
    }
}

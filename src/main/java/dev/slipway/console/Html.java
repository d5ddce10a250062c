package dev.slipway.console;

import dev.slipway.release.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** What Slipway's own pages have in common: no script, nothing from elsewhere, nothing kept by the browser. */
final class Html {

    private static final String ALLOWED =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

    private Html() {}

    /** @param body HTML in which all text is escaped */
    static ResponseEntity<String> page(HttpStatus status, String body) {
        return page(status, "Slipway", "", body);
    }

    /**
     * @param title of the window, not escaped yet
     * @param kind  class of the page, for its looks; empty for a narrow one
     * @param body  HTML in which all text is escaped
     */
    static ResponseEntity<String> page(HttpStatus status, String title, String kind, String body) {
        return ResponseEntity.status(status)
                .header("Content-Security-Policy", ALLOWED)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .body("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width">
                <link rel="stylesheet" href="/assets/slipway-page.css"></head>
                <body><main class="%s">%s</main></body></html>""".formatted(escaped(title), kind, body));
    }

    static ResponseEntity<String> refused(Refusal refusal) {
        HttpStatus status;
        if (refusal instanceof Refusal.NotFound) {
            status = HttpStatus.NOT_FOUND;
        } else if (refusal instanceof Refusal.NotAllowed) {
            status = HttpStatus.FORBIDDEN;
        } else if (refusal instanceof Refusal.Conflict) {
            status = HttpStatus.CONFLICT;
        } else {
            status = HttpStatus.BAD_REQUEST;
        }
        return page(status, "<h1>Not possible</h1><p>" + escaped(refusal.getMessage()) + "</p>");
    }

    /** @param text may be null */
    static String escaped(String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text, "UTF-8");
    }
}

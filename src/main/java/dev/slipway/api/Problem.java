package dev.slipway.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details (RFC 9457) as Slipway writes them: type, title, status, detail, instance and, where known, field. */
final class Problem {

    private Problem() {}

    /** @param field null where no field is at fault */
    static ProblemDetail of(HttpStatusCode status, String detail, String field, String path) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        var title = title(status);
        problem.setTitle(title);
        problem.setType(URI.create(
                "urn:slipway:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-')));
        problem.setInstance(instance(path));
        if (field != null) {
            problem.setProperty("field", field);
        }
        return problem;
    }

    private static URI instance(String path) {
        try {
            return path == null ? null : new URI(null, null, path, null);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String title(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "Bad input";
            case 401 -> "Not logged in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 409 -> "Conflict";
            case 500 -> "Failure";
            default -> {
                var known = HttpStatus.resolve(status.value());
                yield known == null ? "Problem" : known.getReasonPhrase();
            }
        };
    }
}

package dev.slipway.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers, as problem details, whoever is not known or may not pass. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Slipway\"");
        var detail = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? "Log in with user name and password (HTTP Basic)."
                : "User name or password is wrong, or the user is locked for a while after too many wrong passwords.";
        answer(request, response, HttpStatus.UNAUTHORIZED, "Not logged in", detail);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        answer(
                request,
                response,
                HttpStatus.FORBIDDEN,
                "Not allowed",
                request.getRemoteUser() + " may not do this. Ask a release manager.");
    }

    void foreign(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                request,
                response,
                HttpStatus.FORBIDDEN,
                "Not allowed",
                "A page of another site may not change anything here. Call from a program, or from Slipway's own pages.");
    }

    void hookOff(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                request,
                response,
                HttpStatus.NOT_FOUND,
                "Not found",
                "No alerts are received here: an operator has to set slipway.alertmanager.token first.");
    }

    void noToken(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Slipway\"");
        answer(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "Not logged in",
                "Send the token of slipway.alertmanager.token, as a bearer credential or as the password of HTTP"
                        + " Basic.");
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String title, String detail)
            throws IOException {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:slipway:problem:" + type(status)));
        problem.setTitle(title);
        problem.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), problem);
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "not-logged-in";
            case NOT_FOUND -> "not-found";
            default -> "not-allowed";
        };
    }
}

package dev.slipway.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same problem details for errors outside the controllers. */
@Hidden
@RestController
class Errors implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        if (status == null) {
            status = HttpStatus.INTERNAL_SERVER_ERROR;
        }
        var detail = switch (status) {
            case BAD_REQUEST -> "The address or a header can't be accepted.";
            case UNAUTHORIZED -> "Log in first.";
            case FORBIDDEN -> "This is not allowed.";
            case NOT_FOUND -> "There is nothing at " + Problems.asked(request) + ".";
            default ->
                status.is5xxServerError()
                        ? "Something failed inside Slipway. Try again; if it fails again, ask an operator to look at the log."
                        : status.getReasonPhrase() + ".";
        };
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(status, detail, null, Problems.asked(request)));
    }
}

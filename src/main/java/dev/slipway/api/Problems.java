package dev.slipway.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.slipway.prerelease.tests.ReportTooLarge;
import dev.slipway.release.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever goes wrong into problem details that say what is wrong and how to fix it, and nothing of the inside. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** One field at fault. */
    record Fault(String field, String detail) {}

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        if (refusal instanceof Refusal.BadInput badInput) {
            return answer(HttpStatus.BAD_REQUEST, badInput.getMessage(), badInput.field(), request);
        }
        HttpStatus status;
        if (refusal instanceof Refusal.NotFound) {
            status = HttpStatus.NOT_FOUND;
        } else if (refusal instanceof Refusal.NotAllowed) {
            status = HttpStatus.FORBIDDEN;
        } else {
            status = HttpStatus.CONFLICT;
        }
        return answer(status, refusal.getMessage(), null, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(JsonProcessingException json, WebRequest request) {
        var fault = fault(json);
        return answer(HttpStatus.BAD_REQUEST, fault.detail(), fault.field(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLarge tooLarge, WebRequest request) {
        return answer(HttpStatus.PAYLOAD_TOO_LARGE, tooLarge.getMessage(), null, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(ReportTooLarge tooLarge, WebRequest request) {
        return answer(HttpStatus.PAYLOAD_TOO_LARGE, tooLarge.getMessage(), "body", request);
    }

    /** Spring Security answers this one itself. */
    @ExceptionHandler
    void denied(AccessDeniedException denied) {
        throw denied;
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failure, WebRequest request) {
        var reference = UUID.randomUUID();
        LOG.error("{} failed, reference {}", path(request), reference, failure);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something failed inside Slipway. Try again; if it fails again, give an operator the reference "
                        + reference + ".",
                null,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var fault = ex.getCause() instanceof JsonProcessingException json
                ? fault(json)
                : new Fault(null, "The body is missing or can't be read. Send a JSON object.");
        return answer(HttpStatus.BAD_REQUEST, fault.detail(), fault.field(), request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return faults(
                ex.getFieldErrors().stream()
                        .map(error -> new Fault(error.getField(), error.getDefaultMessage()))
                        .sorted((a, b) -> a.field().compareTo(b.field()))
                        .toList(),
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var faults = ex.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof ParameterErrors errors
                        ? errors.getFieldErrors().stream().map(Problems::fault)
                        : result.getResolvableErrors().stream()
                                .map(error -> fault(result.getMethodParameter().getParameterName(), error)))
                .toList();
        return faults(faults, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = ex instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : null;
        return answer(HttpStatus.BAD_REQUEST, "%s: %s".formatted(name, allowed(ex.getRequiredType())), name, request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException ex,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                HttpStatus.BAD_REQUEST,
                ex.getParameterName() + " is missing. Add it to the address.",
                ex.getParameterName(),
                request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(HttpStatus.NOT_FOUND, nothingAt(request), null, request);
    }

    @Override
    protected ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(HttpStatus.NOT_FOUND, nothingAt(request), null, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                status,
                "%s is not possible here. Possible: %s.".formatted(ex.getMethod(), list(ex.getSupportedHttpMethods())),
                null,
                request,
                headers);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                status,
                "Content-Type %s is not understood here. Send %s."
                        .formatted(
                                ex.getContentType() == null ? "(none)" : ex.getContentType(),
                                list(ex.getSupportedMediaTypes())),
                null,
                request,
                headers);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(status, "The answer here is application/json. Accept it.", null, request, headers);
    }

    /** What Spring itself says of all other bad requests. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception ex, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError() && status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
            return failed(ex, request);
        }
        var detail = body instanceof ProblemDetail problem ? problem.getDetail() : null;
        return answer(status, detail, null, request, headers);
    }

    private static Fault fault(FieldError error) {
        return new Fault(error.getField(), error.getDefaultMessage());
    }

    private static Fault fault(String parameter, MessageSourceResolvable error) {
        return new Fault(parameter, error.getDefaultMessage());
    }

    private static Fault fault(JsonProcessingException json) {
        if (json instanceof UnrecognizedPropertyException unknown) {
            var field = field(unknown);
            return new Fault(
                    field,
                    "%s is unknown. Known here: %s."
                            .formatted(field, list(new TreeSet<>(unknown.getKnownPropertyIds()))));
        }
        if (json instanceof InvalidFormatException wrong) {
            var field = field(wrong);
            return new Fault(field, "%s: %s".formatted(field, allowed(wrong.getTargetType())));
        }
        if (json instanceof MismatchedInputException wrong) {
            var field = field(wrong);
            return field == null
                    ? new Fault(null, "The body must be one JSON object.")
                    : new Fault(field, "%s: %s".formatted(field, allowed(wrong.getTargetType())));
        }
        if (json instanceof JsonMappingException mapping
                && mapping.getCause() instanceof JsonProcessingException cause) {
            return fault(cause);
        }
        var location = json.getLocation();
        var where = location == null
                ? ""
                : " Look at line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
        var duplicate =
                json instanceof JsonParseException && json.getOriginalMessage().startsWith("Duplicate field");
        return new Fault(
                null,
                duplicate
                        ? json.getOriginalMessage() + " stands twice. Give it once." + where
                        : "The body is not JSON." + where);
    }

    /** @return such as {@code changes[0].kind}; null for the whole body */
    private static String field(JsonMappingException mapping) {
        var path = new StringBuilder();
        for (var step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static String allowed(Class<?> type) {
        if (type == null) {
            return "the value is of the wrong type.";
        }
        if (type.isEnum()) {
            return "the value must be one of " + list(Arrays.asList(type.getEnumConstants())) + ".";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "the value must be true or false.";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "the value must be a whole number.";
        }
        if (type == String.class) {
            return "the value must be text in quotes.";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "the value must be a list.";
        }
        return "the value must be an object.";
    }

    private static String list(Collection<?> values) {
        return values == null ? "nothing" : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String nothingAt(WebRequest request) {
        return "There is nothing at " + path(request) + ".";
    }

    private static String path(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                ? servlet.getRequest().getRequestURI()
                : null;
    }

    private ResponseEntity<Object> faults(List<Fault> faults, WebRequest request) {
        if (faults.isEmpty()) {
            return answer(HttpStatus.BAD_REQUEST, "The request can't be accepted.", null, request);
        }
        var first = faults.get(0);
        var problem = Problem.of(HttpStatus.BAD_REQUEST, first.detail(), first.field(), path(request));
        problem.setProperty("faults", faults);
        return entity(problem, new HttpHeaders());
    }

    private ResponseEntity<Object> answer(HttpStatusCode status, String detail, String field, WebRequest request) {
        return answer(status, detail, field, request, new HttpHeaders());
    }

    private ResponseEntity<Object> answer(
            HttpStatusCode status, String detail, String field, WebRequest request, HttpHeaders headers) {
        return entity(Problem.of(status, detail, field, path(request)), headers);
    }

    private static ResponseEntity<Object> entity(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** @return the path asked for before an error page was looked up */
    static String asked(HttpServletRequest request) {
        var original = request.getAttribute("jakarta.servlet.error.request_uri");
        return original == null ? request.getRequestURI() : original.toString();
    }
}

package dev.slipway.http;

/**
 * A request by any method.
 *
 * @param method      such as {@code POST}
 * @param contentType of the body; null where there is none
 * @param body        null where there is none
 * @param question    where it goes, and how long it may take
 */
public record Call(String method, String contentType, String body, Question question) {

    public static Call get(Question question) {
        return new Call("GET", null, null, question);
    }

    public static Call json(String method, String body, Question question) {
        return new Call(method, "application/json", body, question);
    }

    /** Shows no body: there may be secrets in it. */
    @Override
    public String toString() {
        return method + " to " + question.address().getHost();
    }
}

package dev.slipway.observation.scrape;

/** A query that is not in the part of PromQL which is understood here. The message names the position. */
final class QueryProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param position in the query, from 0 */
    QueryProblem(int position, String message) {
        super("at character " + (position + 1) + ": " + message);
    }
}

package dev.slipway.api;

/** More than a call may bring. */
class BodyTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(int limit) {
        super("The body is larger than " + limit / 1024 + " kB. Send less.");
    }
}

package dev.slipway.prerelease;

/** It can't be known now. The message tells a person what could not be read and what to do; it holds no secret. */
public class CollectorBroke extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CollectorBroke(String message) {
        super(message);
    }

    public CollectorBroke(String message, Throwable cause) {
        super(message, cause);
    }
}

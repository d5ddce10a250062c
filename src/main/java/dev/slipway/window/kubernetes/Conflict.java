package dev.slipway.window.kubernetes;

/** Somebody changed an object between the reading and the writing: what was decided is to be decided anew. */
final class Conflict extends RuntimeException {

    Conflict(String object) {
        super(object + " was changed by somebody else in the same moment");
    }
}

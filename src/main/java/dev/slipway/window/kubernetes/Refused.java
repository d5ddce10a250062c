package dev.slipway.window.kubernetes;

/** Kubernetes, or what is found there, does not allow what was ordered. The message is a sentence for people. */
final class Refused extends RuntimeException {

    Refused(String sentence) {
        super(sentence);
    }
}

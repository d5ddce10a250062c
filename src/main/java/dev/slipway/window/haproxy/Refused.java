package dev.slipway.window.haproxy;

/** HAProxy, or what it shows, speaks against an order: nothing that time would mend. The message is for people. */
class Refused extends RuntimeException {

    Refused(String sentence) {
        super(sentence);
    }
}

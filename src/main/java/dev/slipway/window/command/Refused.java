package dev.slipway.window.command;

/** An order can't be put into a command. The message is for people. */
class Refused extends RuntimeException {

    Refused(String sentence) {
        super(sentence);
    }
}

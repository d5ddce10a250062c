package dev.slipway.http;

/** A server was asked and what came can't be used. The message is a sentence for people, without any secret. */
public final class NoUsableAnswer extends Exception {

    public NoUsableAnswer(String sentence) {
        super(sentence);
    }
}

package dev.slipway.window.tool;

/** The tool says that it can't or won't. The message is a sentence for people, without any secret. */
public final class Refused extends Exception {

    private final int status;

    /** @param status of the answer; 0 where the answer was understood and still can't be used */
    public Refused(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public int status() {
        return status;
    }
}

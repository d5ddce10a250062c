package dev.slipway.release;

/** How a release ended. */
public enum Outcome {
    SUCCESSFUL,
    ROLLED_BACK,
    FOLLOW_UP_REQUIRED,
    CANCELLED;

    /** @return the word people read, as in "checkout 1.5.0 was rolled back" */
    public String inWords() {
        return switch (this) {
            case SUCCESSFUL -> "was successful";
            case ROLLED_BACK -> "was rolled back";
            case FOLLOW_UP_REQUIRED -> "needs follow-up";
            case CANCELLED -> "was cancelled";
        };
    }
}

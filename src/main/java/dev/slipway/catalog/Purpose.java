package dev.slipway.catalog;

/** What a text is read for. */
enum Purpose {

    /** Everything must be right, for releases that open now. */
    PUT_IN_FORCE,

    /** As above, but placeholders need not be known: the secrets of the place where it will run are not here. */
    CHECK,

    /**
     * A release opened with this text and must end, also if the rules have become stricter or an adapter is gone since.
     * Only what that adapter or placeholder would have done fails then.
     */
    READ_AGAIN
}

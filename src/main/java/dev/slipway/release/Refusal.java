package dev.slipway.release;

/**
 * Bad input or a request that can't be met now: neither a business outcome nor a technical failure. The message is
 * read by people: it says what is wrong and what to do instead.
 */
public abstract sealed class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message);
    }

    /** A field's value can't be accepted. */
    public static final class BadInput extends Refusal {
        private static final long serialVersionUID = 1L;
        private final String field;

        public BadInput(String field, String message) {
            super(message);
            this.field = field;
        }

        /** @return the name of the field at fault, as the caller wrote it */
        public String field() {
            return field;
        }
    }

    /** There is no such thing, or the caller may not know of it. */
    public static final class NotFound extends Refusal {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }
    }

    /** The caller has not the authority. */
    public static final class NotAllowed extends Refusal {
        private static final long serialVersionUID = 1L;

        public NotAllowed(String message) {
            super(message);
        }
    }

    /** The release is not in a state in which this can be done. */
    public static final class Conflict extends Refusal {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }
}

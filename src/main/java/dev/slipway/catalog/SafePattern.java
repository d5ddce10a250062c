package dev.slipway.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern that somebody else wrote, which can't keep a thread busy: matching is given up where it looks at far more
 * characters than a sensible pattern does.
 *
 * @param pattern as written; {@code ^} and {@code $} stand for the ends of a line
 */
public record SafePattern(Pattern pattern) {

    /** A pattern reads each character a few times. One that reads every character this often has run wild. */
    private static final int READS_PER_CHARACTER = 2_000;

    private static final long READS_AT_LEAST = 100_000;

    /** @throws java.util.regex.PatternSyntaxException where it is no regular expression */
    public static SafePattern of(String regex) {
        return new SafePattern(Pattern.compile(regex, Pattern.MULTILINE));
    }

    /** @return a matcher whose methods throw {@link TooSlow} where matching takes too long */
    public Matcher in(CharSequence text) {
        return pattern.matcher(new Watched(text, new Reads(text.length())));
    }

    public boolean isIn(CharSequence text) {
        return in(text).find();
    }

    /** @return whether the pattern has a group of that name */
    public boolean hasGroup(String name) {
        return pattern.pattern().contains("(?<" + name + ">");
    }

    // Two patterns are the same where their texts are; java.util.regex compares identity.

    @Override
    public boolean equals(Object other) {
        return other instanceof SafePattern that && that.pattern.pattern().equals(pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    /** Matching was given up. */
    public static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooSlow() {
            super(
                    "The pattern takes too long: it tries too many ways to match. Repeat less, and not within a repetition.");
        }
    }

    private static final class Reads {
        private long left;

        private Reads(int length) {
            left = Math.max(READS_AT_LEAST, (long) length * READS_PER_CHARACTER);
        }

        private void count() {
            if (--left < 0) {
                throw new TooSlow();
            }
        }
    }

    private record Watched(CharSequence text, Reads reads) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads.count();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), reads);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}

package dev.slipway.prerelease.migration;

/**
 * The name of a thing in a database.
 *
 * @param written as the statement has it, with quotes and schema
 * @param plain   as the server keeps it, without quotes, with schema
 */
record Name(String written, String plain) {

    /** @return the same for {@code public.users} and {@code users} */
    String key() {
        return plain.startsWith("public.") ? plain.substring("public.".length()) : plain;
    }

    String last() {
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return written;
    }
}

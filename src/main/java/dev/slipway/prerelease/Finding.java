package dev.slipway.prerelease;

/**
 * One thing that somebody should know or answer before the release.
 *
 * @param kind     kebab-case, such as {@code environment-variable}, {@code scheduled-job} or {@code add-index}
 * @param severity what it asks for
 * @param file     path inside the repository or report; null where it stands for no file
 * @param line     1 for the first; null where it stands for no line
 * @param what     what changed, one line of plain text
 * @param why      why it matters, one line of plain text
 * @param question what a person is asked; null for a {@link Severity#NOTE}
 * @param advice   what to do instead, such as safe SQL; may be null, may have lines
 * @param link     where the outside documents it; may be null
 */
public record Finding(
        String kind,
        Severity severity,
        String file,
        Integer line,
        String what,
        String why,
        String question,
        String advice,
        String link) {

    /** Rising. */
    public enum Severity {
        /** Good to know. */
        NOTE,
        /** A person should answer the question. */
        ASK,
        /** Only the right group may confirm it, with a reason, and that is listed as an override. */
        BLOCKING,
        /** After it there is no way back: a point of no return. */
        IRREVERSIBLE
    }

    /** @return whether only the right group may confirm it, with a reason */
    public boolean isBlocking() {
        return severity == Severity.BLOCKING || severity == Severity.IRREVERSIBLE;
    }

    /** @return file and line as people write them; empty where it stands for no file */
    public String place() {
        return file == null ? "" : file + (line == null ? "" : ":" + line);
    }
}

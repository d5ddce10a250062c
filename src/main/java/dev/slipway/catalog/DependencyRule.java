package dev.slipway.catalog;

import java.util.List;

/**
 * What in a repository shows that a release needs something outside of itself (PRE-2). Without a pattern the file
 * itself is what is looked for: a migration, for example.
 *
 * @param name       unique among the rules, for people who mend them
 * @param kind       what kind of dependency it shows
 * @param files      in which files
 * @param except     in which of them not; may be empty
 * @param words      texts of which one stands in every match, so that most files need no pattern; empty for none
 * @param pattern    how it looks; group {@code name} is what it is called, group {@code value} what may change about it,
 *                   group {@code version} the version of a library; null where the file itself counts
 * @param under      a line that must stand above it, less indented or as the heading of a section; may be null
 * @param when       what the file must contain somewhere; may be null
 * @param ignore     names that say nothing; may be null
 * @param references where {@code value} or {@code version} is the name of something else, how that is written, with
 *                   groups {@code key} and {@code value}; may be null
 * @param whole      whether the pattern reaches across lines that are far apart, so that whole files are compared
 * @param onlyKnown  whether only libraries of services that Slipway knows count
 * @param edits      whether a file that counts may change after it was released
 * @param subject    how sentences call it, with <code>{name}</code>; null for the kind's
 * @param verb       what is done with it, such as {@code read}; null for the kind's
 * @param why        why it matters; null for the kind's
 * @param question   what a person is asked, with <code>{name}</code>; null for the kind's
 */
public record DependencyRule(
        String name,
        Kind kind,
        List<Glob> files,
        List<Glob> except,
        List<String> words,
        SafePattern pattern,
        SafePattern under,
        SafePattern when,
        SafePattern ignore,
        SafePattern references,
        boolean whole,
        boolean onlyKnown,
        Edits edits,
        String subject,
        String verb,
        String why,
        String question) {

    /** What PRE-2 distinguishes. */
    public enum Kind {
        MIGRATION,
        ENVIRONMENT_VARIABLE,
        QUEUE_WORKER,
        SCHEDULED_JOB,
        THIRD_PARTY,
        FEATURE_FLAG;

        /** @return as in files and findings, such as {@code environment-variable} */
        public String written() {
            return Place.written(this);
        }
    }

    /** What may become of a file that was released. */
    public enum Edits {
        /** It stays as it is. */
        FORBIDDEN,
        /** Lines are added, and none goes. */
        APPEND,
        /** It may change. */
        FREE
    }

    public DependencyRule {
        files = List.copyOf(files);
        except = List.copyOf(except);
        words = List.copyOf(words);
    }

    /** @param path from the top of the repository, with slashes */
    public boolean appliesTo(String path) {
        return files.stream().anyMatch(glob -> glob.matches(path))
                && except.stream().noneMatch(glob -> glob.matches(path));
    }

    /** @return whether the pattern could match at all; quick */
    public boolean mayBeIn(String text) {
        return words.isEmpty() || words.stream().anyMatch(text::contains);
    }
}

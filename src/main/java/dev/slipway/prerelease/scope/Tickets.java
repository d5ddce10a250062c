package dev.slipway.prerelease.scope;

import dev.slipway.catalog.SafePattern;
import dev.slipway.prerelease.CollectorBroke;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Finds ticket keys in messages: {@code ABC-123} and {@code #123}, or what the service says they look like. */
final class Tickets {

    private static final String USUAL = "(?<![\\w/.-])(?:[A-Z][A-Z0-9]{1,9}-[1-9]\\d{0,6}(?![\\w-])|#[1-9]\\d{0,7}\\b)";

    /** Looks like a key and is the name of a standard, an algorithm or a paper. */
    private static final Set<String> NO_PROJECTS = Set.of(
            "UTF", "SHA", "ISO", "RFC", "CVE", "CWE", "HTTP", "TLS", "SSL", "AES", "RSA", "MD", "BASE", "JSR", "JEP",
            "JDK", "GPT", "PEP", "ECMA", "ES", "WCAG", "IPV", "ARM", "X86", "GHSA", "OAUTH", "UUID", "LATIN", "CP",
            "WINDOWS", "PY", "PHP", "GCC", "NODE", "JAVA", "PR", "MR", "PSR", "EN", "RC", "COVID", "STEP", "PART");

    private final SafePattern pattern;
    private final boolean usual;

    /** @param regex of the service; null for the usual ones */
    Tickets(String regex) {
        this.usual = regex == null;
        try {
            this.pattern = SafePattern.of(usual ? USUAL : regex);
        } catch (PatternSyntaxException e) {
            throw new CollectorBroke("repository.tickets is not a regular expression: " + e.getDescription()
                    + ". Correct it in the service file.");
        }
    }

    /** @param pullRequests whose numbers are no tickets */
    List<String> in(String text, Collection<Integer> pullRequests) {
        var keys = new LinkedHashSet<String>();
        try {
            var matcher = pattern.in(text);
            while (matcher.find()) {
                var key = matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : matcher.group();
                if (!usual || !saysNothing(key, pullRequests)) {
                    keys.add(key);
                }
            }
        } catch (SafePattern.TooSlow e) {
            throw new CollectorBroke("repository.tickets takes too long on a commit message. Write a simpler expression"
                    + " in the service file, such as SHOP-\\d+.");
        }
        return List.copyOf(keys);
    }

    private static boolean saysNothing(String key, Collection<Integer> pullRequests) {
        if (key.startsWith("#")) {
            return pullRequests.contains(Integer.valueOf(key.substring(1)));
        }
        return NO_PROJECTS.contains(key.substring(0, key.indexOf('-')));
    }
}

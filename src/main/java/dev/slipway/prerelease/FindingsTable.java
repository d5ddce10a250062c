package dev.slipway.prerelease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Findings as a Markdown table for a form: what, where, why, and the question beside each; the gravest first. */
final class FindingsTable {

    /** The engine keeps no longer text in a variable; what is left out is said. */
    private static final int LONGEST = 3_700;

    private static final int LONGEST_CELL = 300;
    private static final int LONGEST_ADVICE = 400;

    private static final Comparator<Finding> GRAVEST_FIRST =
            Comparator.comparing(Finding::severity).reversed();

    private FindingsTable() {}

    /** @return empty text where there is nothing to show */
    static String of(List<Finding> findings, String whereToSeeAll) {
        if (findings.isEmpty()) {
            return "";
        }
        var rows = new ArrayList<String>();
        var length = 0;
        for (var finding : findings.stream().sorted(GRAVEST_FIRST).toList()) {
            var row = row(finding);
            if (length + row.length() > LONGEST) {
                break;
            }
            rows.add(row);
            length += row.length();
        }
        var left = findings.size() - rows.size();
        return "| What was found | Where | Why it matters | Question |\n| --- | --- | --- | --- |\n"
                + String.join("\n", rows)
                + (left == 0 ? "" : "\n\n… and " + left + " more: " + whereToSeeAll);
    }

    private static String row(Finding finding) {
        return "| " + mark(finding.severity()) + cell(finding.what(), LONGEST_CELL) + " | "
                + cell(finding.place(), LONGEST_CELL) + " | "
                + cell(finding.why(), LONGEST_CELL)
                + (finding.link() == null ? "" : " [more](" + finding.link() + ")") + " | "
                + cell(finding.question(), LONGEST_CELL) + advice(finding) + " |";
    }

    private static String mark(Finding.Severity severity) {
        return switch (severity) {
            case NOTE, ASK -> "";
            case BLOCKING -> "**Blocking:** ";
            case IRREVERSIBLE -> "**No way back:** ";
        };
    }

    private static String advice(Finding finding) {
        return finding.advice() == null
                ? ""
                : " Safer: `" + cell(finding.advice(), LONGEST_ADVICE).replace("`", "'") + "`";
    }

    /** What stands in a repository is shown as it is, and never read as Markdown or HTML. */
    private static String cell(String text, int longest) {
        if (text == null) {
            return "";
        }
        var line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        var shown = line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
        return shown.replace("|", "\\|").replace("<", "&lt;").replace("{{", "{ {");
    }
}

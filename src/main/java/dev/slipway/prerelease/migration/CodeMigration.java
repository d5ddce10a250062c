package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A migration that is a program. Known calls are said in SQL; every other line of the way there is told as unread,
 * since a program may do anything.
 */
abstract class CodeMigration {

    /** Lines told one by one as unread; the rest is counted in the last. */
    private static final int MOST_UNREAD = 20;

    protected final Sql sql;
    private final String code;
    private final StringBuilder left;
    private final List<Piece> pieces = new ArrayList<>();

    CodeMigration(String text, Dialect dialect) {
        this.sql = new Sql(dialect);
        this.code = CodeText.withoutComments(text, comment());
        this.left = new StringBuilder(code);
    }

    /** @return what begins a comment, such as {@code #} */
    abstract String comment();

    /** @return names of calls that {@link #statements} knows */
    abstract Set<String> known();

    /** @return lines that do nothing by themselves */
    abstract Pattern idle();

    /** @return where the way there begins and ends in the code */
    abstract int[] up(String wholeCode);

    /** @return SQL of the call; null where it can't be said */
    abstract List<String> statements(Call call);

    abstract boolean transaction(String wholeCode);

    /** Whether arguments may stand without brackets. */
    boolean bare() {
        return false;
    }

    List<Piece> pieces() {
        var up = up(code);
        blank(0, up[0]);
        blank(up[1], code.length());
        var transaction = transaction(code);
        var from = up[0];
        for (var call = next(from, up[1]); call != null; call = next(from, up[1])) {
            from = Math.max(call.end(), from + 1);
            var said = statements(call);
            var shown = code.substring(call.start(), call.end()).strip();
            if (said == null) {
                pieces.add(Piece.unread(
                        call.line(), shown, "the call " + call.name() + " is not read: a person must look"));
            } else {
                for (var statement : said) {
                    pieces.add(piece(call, statement, shown, transaction));
                }
            }
            blank(call.start(), call.end());
        }
        unread();
        pieces.sort(Comparator.comparingInt(Piece::line));
        return pieces;
    }

    private static Piece piece(Call call, String statement, String shown, boolean transaction) {
        var given = call.isSql() ? null : shown;
        return new Piece(call.line(), statement, given, transaction, null);
    }

    private Call next(int from, int to) {
        var names = Pattern.compile("(?<![\\w.:'\"])((?:migrations|op|knex|schema)\\.)?(?:schema\\.)?("
                + String.join("|", known()) + ")\\b(?!\\s*[:=]\\s)");
        var found = names.matcher(code).region(from, to);
        while (found.find()) {
            var call = CodeText.call(code, found.start(), found.group(2), found.end(), bare());
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    private void blank(int start, int end) {
        for (var i = start; i < Math.min(end, left.length()); i++) {
            if (left.charAt(i) != '\n') {
                left.setCharAt(i, ' ');
            }
        }
    }

    private void unread() {
        var lines = left.toString().split("\n", -1);
        var told = 0;
        for (var i = 0; i < lines.length; i++) {
            var line = lines[i].strip();
            if (!line.isEmpty() && !idle().matcher(line).matches() && told++ < MOST_UNREAD) {
                pieces.add(Piece.unread(i + 1, line, "this code is not read: a person must look"));
            }
        }
    }

    /** @return offsets of what lies between two marks; all where the first is missing */
    static int[] between(String text, String begin, String end) {
        var first = Pattern.compile(begin).matcher(text);
        if (!first.find()) {
            return new int[] {0, text.length()};
        }
        var last = Pattern.compile(end).matcher(text);
        return new int[] {first.start(), last.find(first.end()) ? last.start() : text.length()};
    }
}

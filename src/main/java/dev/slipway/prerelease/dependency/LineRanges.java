package dev.slipway.prerelease.dependency;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;

/** Which lines of one version of a file differ from the other, and in which edit. Lines count from 0. */
final class LineRanges {

    /** From, inclusive, to, exclusive. */
    record Range(int from, int to) {}

    private final List<Range> ranges = new ArrayList<>();
    private final BitSet changed = new BitSet();

    static LineRanges before(EditList edits) {
        var lines = new LineRanges();
        for (Edit edit : edits) {
            lines.add(edit.getBeginA(), edit.getEndA());
        }
        return lines;
    }

    static LineRanges after(EditList edits) {
        var lines = new LineRanges();
        for (Edit edit : edits) {
            lines.add(edit.getBeginB(), edit.getEndB());
        }
        return lines;
    }

    private void add(int from, int to) {
        ranges.add(new Range(from, to));
        changed.set(from, to);
    }

    boolean isEmpty() {
        return changed.isEmpty();
    }

    boolean anyWithin(int from, int to) {
        var next = changed.nextSetBit(from);
        return next >= 0 && next <= to;
    }

    /** @return the number of the edit that the line belongs to; -1 where it is unchanged */
    int edit(int from, int to) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).from() <= to && from < ranges.get(i).to()) {
                return i;
            }
        }
        return -1;
    }

    /** @return the changed lines with some around them, joined where they touch */
    List<Range> windows(int around, int lines) {
        var windows = new ArrayList<Range>();
        for (var range : ranges) {
            if (range.from() == range.to()) {
                continue;
            }
            var from = Math.max(0, range.from() - around);
            var to = Math.min(lines, range.to() + around);
            var last = windows.isEmpty() ? null : windows.get(windows.size() - 1);
            if (last != null && from <= last.to()) {
                windows.set(windows.size() - 1, new Range(last.from(), Math.max(last.to(), to)));
            } else {
                windows.add(new Range(from, to));
            }
        }
        return windows;
    }
}

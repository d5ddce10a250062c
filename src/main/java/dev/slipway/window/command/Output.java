package dev.slipway.window.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a program writes, of which only the end is kept. */
final class Output {

    private static final int KEPT = 64 * 1024;
    /** At a time, so that a flood leaves time to look at the clock. */
    private static final int AT_ONCE = 1024 * 1024;

    private static final int LINES = 5;
    private static final int LONGEST_LINE = 200;

    private final InputStream from;
    private final byte[] chunk = new byte[8 * 1024];
    private byte[] kept = new byte[2 * KEPT];
    private int length;
    private boolean cut;

    Output(InputStream from) {
        this.from = from;
    }

    /**
     * Reads what is there and waits for nothing.
     *
     * @return whether anything was there
     */
    boolean take() throws IOException {
        var taken = 0;
        while (taken < AT_ONCE && from.available() > 0) {
            var read = from.read(chunk, 0, Math.min(chunk.length, from.available()));
            if (read <= 0) {
                break;
            }
            keep(read);
            taken += read;
        }
        return taken > 0;
    }

    private void keep(int read) {
        if (length + read > kept.length) {
            kept = Arrays.copyOf(Arrays.copyOfRange(kept, length - KEPT, length), 2 * KEPT);
            length = KEPT;
            cut = true;
        }
        System.arraycopy(chunk, 0, kept, length, read);
        length += read;
    }

    /** @return whether more came than is kept */
    boolean isCut() {
        return cut;
    }

    String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * @param secrets what is left out, the longest first
     * @return the last lines that say anything, as one line
     */
    String lastLines(List<String> secrets) {
        // Before lines are shortened: half a secret would not be found any more.
        var text = whole();
        for (var secret : secrets) {
            text = text.replace(secret, "…");
        }
        var lines = text.lines()
                .map(line -> line.replaceAll("\\u001b\\[[0-9;]*[A-Za-z]", "").replaceAll("\\p{Cntrl}+", " "))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining(" / "));
    }

    /** Without the beginning where it was cut, since it may begin in the middle of a secret. */
    private String whole() {
        if (!cut) {
            return text();
        }
        var firstEnd = text().indexOf('\n');
        return text().substring(firstEnd < 0 ? KEPT / 2 : firstEnd);
    }
}

package dev.slipway.communication.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts what is too long for its target, visibly: what is left out is named, with where to read it. */
public final class Pieces {

    private Pieces() {}

    /** @return what stands where a message was cut */
    public static String wholeText(String link) {
        return "… whole text: " + link;
    }

    /**
     * Puts blocks together into pieces as large as they may be. A block that is too large by itself is cut at the end of
     * a line, of a word, or wherever else it must be.
     *
     * @param longest characters of a piece
     */
    public static List<String> of(List<String> blocks, int longest) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (var block : blocks) {
            for (var part : parts(block, longest)) {
                if (!piece.isEmpty() && piece.length() + 2 + part.length() > longest) {
                    pieces.add(piece.toString());
                    piece.setLength(0);
                }
                piece.append(piece.isEmpty() ? "" : "\n\n").append(part);
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    /**
     * @param size    of a piece in the target's own measure, such as bytes
     * @param largest of all pieces together
     * @return as many of the first pieces as have room
     */
    public static List<String> first(List<String> pieces, ToIntFunction<String> size, int largest) {
        var sum = 0;
        for (var i = 0; i < pieces.size(); i++) {
            sum += size.applyAsInt(pieces.get(i));
            if (sum > largest) {
                return pieces.subList(0, i);
            }
        }
        return pieces;
    }

    /** @return at most {@code longest} characters, with an ellipsis where it was cut */
    public static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, safe(text, longest - 1)) + "…";
    }

    private static List<String> parts(String block, int longest) {
        var parts = new ArrayList<String>();
        var rest = block;
        while (rest.length() > longest) {
            var end = end(rest, longest);
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static int end(String text, int longest) {
        var line = text.lastIndexOf('\n', longest);
        if (line > longest / 2) {
            return line;
        }
        var word = text.lastIndexOf(' ', longest);
        var end = word > longest / 2 ? word : longest;
        // Neither within a link nor within an escaped letter.
        var open = text.lastIndexOf('<', end - 1);
        if (open > 0 && text.lastIndexOf('>', end - 1) < open) {
            end = open;
        }
        var ampersand = text.lastIndexOf('&', end - 1);
        if (ampersand > 0 && end - ampersand < 6 && text.lastIndexOf(';', end - 1) < ampersand) {
            end = ampersand;
        }
        return safe(text, end);
    }

    /** Not between the two halves of one letter. */
    private static int safe(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}

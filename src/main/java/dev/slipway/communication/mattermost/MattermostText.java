package dev.slipway.communication.mattermost;

import dev.slipway.communication.Channel;
import dev.slipway.communication.markdown.Pieces;
import java.util.List;
import java.util.regex.Pattern;

/** A message as Mattermost takes it: Markdown as it is, within its limit, and harmless. */
final class MattermostText {

    /** Mattermost refuses more than 16,383 characters. */
    private static final int LONGEST_TEXT = 15_500;

    private static final int LONGEST_SUBJECT = 500;
    /** Words that would call out everybody in the channel. */
    private static final Pattern CALLS = Pattern.compile("@(?=(?:all|channel|here)\\b)", Pattern.CASE_INSENSITIVE);

    private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>#~|!]");

    private MattermostText() {}

    /** @param whole where people read the whole of it */
    static String of(Channel.Post post, String whole) {
        var subject = MARKS.matcher(Pieces.cut(post.subject(), LONGEST_SUBJECT)).replaceAll("\\\\$0");
        return harmless("**" + subject + "**" + body(post, whole));
    }

    private static String body(Channel.Post post, String whole) {
        if (post.text() == null || post.text().isBlank()) {
            return "";
        }
        var pieces = Pieces.of(List.of(post.text().strip()), LONGEST_TEXT);
        return "\n\n" + pieces.get(0) + (pieces.size() > 1 ? "\n\n" + Pieces.wholeText(whole) : "");
    }

    /** Neither calls out nor loads pictures from elsewhere. */
    private static String harmless(String markdown) {
        return CALLS.matcher(markdown).replaceAll("@\u200B").replace("![", "[");
    }
}

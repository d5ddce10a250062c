package dev.slipway.communication.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.communication.Channel;
import dev.slipway.communication.markdown.Markdown;
import dev.slipway.communication.markdown.Pieces;
import java.util.List;

/** A message in Slack's blocks, and within their limits: 3,000 characters a section, 50 blocks. */
final class SlackMessage {

    private static final Mrkdwn MRKDWN = new Mrkdwn();
    private static final int LONGEST_SECTION = 3_000;
    /** Besides them the subject and what tells that the message was cut. */
    private static final int MOST_SECTIONS = 48;
    /** Escaped it can become five times as long. */
    private static final int LONGEST_SUBJECT = 500;

    private SlackMessage() {}

    /** @param whole where people read the whole of it */
    static ObjectNode of(Channel.Post post, String whole, ObjectMapper json) {
        var subject = Mrkdwn.escaped(Pieces.cut(post.subject(), LONGEST_SUBJECT));
        var message = json.createObjectNode().put("text", subject);
        var blocks = message.putArray("blocks");
        section(blocks.addObject(), MRKDWN.heading(subject));
        var pieces = Pieces.of(Markdown.blocks(post.text(), MRKDWN), LONGEST_SECTION);
        for (var piece : first(pieces)) {
            section(blocks.addObject(), piece);
        }
        if (pieces.size() > MOST_SECTIONS) {
            section(blocks.addObject(), Mrkdwn.escaped(Pieces.wholeText(whole)));
        }
        return message;
    }

    private static List<String> first(List<String> pieces) {
        return Pieces.first(pieces, piece -> 1, MOST_SECTIONS);
    }

    private static void section(ObjectNode block, String text) {
        block.put("type", "section").putObject("text").put("type", "mrkdwn").put("text", text);
    }
}

package dev.slipway.communication.teams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.markdown.Markdown;
import dev.slipway.communication.markdown.Pieces;
import dev.slipway.communication.outside.WebhookChannel;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code teams}: a workflow of Microsoft Teams that begins when a webhook request is received and posts the card
 * in it. Settings: those of {@link WebhookChannel}; the place plays no part, since the workflow knows its channel.
 */
@Component
class TeamsChannel extends WebhookChannel {

    /** Teams takes 28 KB; the rest is for what stands around the text. */
    private static final int MOST_BYTES = 24_000;

    private static final int LONGEST_BLOCK = 4_000;
    private static final int LONGEST_SUBJECT = 500;
    private static final CardText CARD = new CardText();

    private final ObjectMapper json;

    TeamsChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json) {
        super("Teams", messages);
        this.json = json;
    }

    @Override
    public String name() {
        return "teams";
    }

    @Override
    protected String address() {
        return "that of the workflow, as a placeholder such as ${teams.webhook}";
    }

    @Override
    protected String message(Post post) {
        var message = json.createObjectNode().put("type", "message");
        var attachment = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl");
        var card = attachment
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        var body = card.putArray("body");
        text(body, Pieces.cut(post.subject(), LONGEST_SUBJECT))
                .put("weight", "Bolder")
                .put("size", "Medium");
        var pieces = Pieces.of(Markdown.blocks(post.text(), CARD), LONGEST_BLOCK);
        var shown = Pieces.first(pieces, TeamsChannel::bytes, MOST_BYTES);
        shown.forEach(piece -> text(body, piece));
        if (shown.size() < pieces.size()) {
            text(body, Pieces.wholeText(whole(post)));
        }
        card.putArray("actions")
                .addObject()
                .put("type", "Action.OpenUrl")
                .put("title", "Open the release")
                .put("url", whole(post));
        card.putObject("msteams").put("width", "Full");
        return message.toString();
    }

    /** As JSON, where quotes and line ends count twice. */
    private static int bytes(String piece) {
        return new TextNode(piece).toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static ObjectNode text(ArrayNode body, String text) {
        return body.addObject().put("type", "TextBlock").put("text", text).put("wrap", true);
    }
}

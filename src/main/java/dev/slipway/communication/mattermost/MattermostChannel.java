package dev.slipway.communication.mattermost;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.markdown.Pieces;
import dev.slipway.communication.outside.WebhookChannel;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code mattermost}: an incoming webhook of Mattermost, which takes Markdown as it is. Settings: those of
 * {@link WebhookChannel}. The place is the channel in its address, or {@code @} and a user; where none is given, it is
 * the webhook's own.
 */
@Component
class MattermostChannel extends WebhookChannel {

    /** Mattermost refuses more than 16,383 characters. */
    private static final int LONGEST_TEXT = 15_500;

    private static final int LONGEST_SUBJECT = 500;
    /** Words that would call out everybody in the channel. */
    private static final Pattern CALLS = Pattern.compile("@(?=(?:all|channel|here)\\b)", Pattern.CASE_INSENSITIVE);

    private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>#~|!]");

    private final ObjectMapper json;

    MattermostChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json) {
        super("Mattermost", messages);
        this.json = json;
    }

    @Override
    public String name() {
        return "mattermost";
    }

    @Override
    protected String address() {
        return "that of the incoming webhook, as a placeholder such as ${mattermost.webhook}";
    }

    @Override
    protected String message(Post post) {
        var message = json.createObjectNode();
        if (post.place() != null && !post.place().isBlank()) {
            message.put("channel", post.place().strip().replaceFirst("^#", ""));
        }
        var subject = MARKS.matcher(Pieces.cut(post.subject(), LONGEST_SUBJECT)).replaceAll("\\\\$0");
        message.put("text", harmless("**" + subject + "**" + body(post)));
        // Shown beside the message by whoever opens it, and found by other programs.
        message.putObject("props")
                .putObject("slipway")
                .put("release", post.release())
                .put("key", post.key());
        return message.toString();
    }

    private String body(Post post) {
        if (post.text() == null || post.text().isBlank()) {
            return "";
        }
        var pieces = Pieces.of(List.of(post.text().strip()), LONGEST_TEXT);
        return "\n\n" + pieces.get(0) + (pieces.size() > 1 ? "\n\n" + Pieces.wholeText(whole(post)) : "");
    }

    /** Neither calls out nor loads pictures from elsewhere. */
    private static String harmless(String markdown) {
        return CALLS.matcher(markdown).replaceAll("@\u200B").replace("![", "[");
    }
}

package dev.slipway.communication.mattermost;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.outside.WebhookChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code mattermost}: an incoming webhook of Mattermost, which takes Markdown as it is. Settings: those of
 * {@link WebhookChannel}. The place is the channel in its address, or {@code @} and a user; where none is given, it is
 * the webhook's own.
 */
@Component
class MattermostChannel extends WebhookChannel {

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
        message.put("text", MattermostText.of(post, whole(post)));
        // Shown beside the message by whoever opens it, and found by other programs.
        message.putObject("props")
                .putObject("slipway")
                .put("release", post.release())
                .put("key", post.key());
        return message.toString();
    }
}

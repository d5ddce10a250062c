package dev.slipway.communication.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.outside.WebhookChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code slack-webhook}: an incoming webhook of Slack. Settings: those of {@link WebhookChannel}; the place plays
 * no part, since the address leads to one channel.
 */
@Component
class SlackWebhookChannel extends WebhookChannel {

    private final ObjectMapper json;

    SlackWebhookChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json) {
        super("Slack", messages);
        this.json = json;
    }

    @Override
    public String name() {
        return "slack-webhook";
    }

    @Override
    protected String address() {
        return "that of the incoming webhook, as a placeholder such as ${slack.webhook}";
    }

    @Override
    protected String message(Post post) {
        return SlackMessage.of(post, whole(post), json).toString();
    }
}

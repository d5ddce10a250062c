package dev.slipway.communication.outside;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.http.Call;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/**
 * A channel that is posted to at one address, which is its credential. Settings: {@code url} (required), {@code link}
 * (where people find the channel; default the release's page), and those of {@link OutsideSettings}.
 *
 * <p>There are no threads, and nothing can be asked: a message whose answer was lost is posted again.
 */
public abstract class WebhookChannel extends OutsideChannel {

    private final OutsideServer server;

    protected WebhookChannel(String server, ObjectProvider<ChannelMessages> messages) {
        super(messages);
        this.server = new OutsideServer(server);
    }

    /** @return what the address is, with an example */
    protected abstract String address();

    /** @return the message as JSON */
    protected abstract String message(Post post);

    /** @return headers that go with the message */
    protected Map<String, String> headers(Post post, String message) {
        return Map.of();
    }

    protected SettingsCheck check(Settings settings) {
        return OutsideSettings.check(settings).address(OutsideSettings.LINK);
    }

    protected String contentType() {
        return "application/json";
    }

    @Override
    public List<String> problems(Settings settings) {
        return OutsideSettings.problemsOfWebhook(settings, address(), check(settings));
    }

    @Override
    protected final String begin(Post post) {
        send(post);
        return post.settings().text(OutsideSettings.LINK).orElseGet(() -> whole(post));
    }

    @Override
    protected final void say(Post post) {
        send(post);
    }

    private void send(Post post) {
        var message = message(post);
        var question = new OutsideSettings(post.settings()).toWebhook(headers(post, message));
        server.send(
                new Call("POST", contentType(), message, question),
                "Look at url of " + name() + ", and whether the channel is still there.");
    }
}

package dev.slipway.communication.cloudevents;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.communication.Channel;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.outside.WebhookChannel;
import dev.slipway.http.Hmac;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code cloudevents}: each message is a CloudEvent (1.0, structured, JSON) of type
 * {@code dev.slipway.release.message}. Settings: those of {@link WebhookChannel} and {@code secret} (required), which signs
 * as the deployer {@code webhook} does.
 *
 * <p>The id is the message's key and the source the release's page, so that a receiver knows one that comes twice.
 */
@Component
class CloudEventsChannel extends WebhookChannel {

    private static final String SECRET = "secret";
    private static final String TYPE = "dev.slipway.release.message";

    private final EventFormat format = new JsonFormat();
    private final ObjectMapper json;
    private final Clock clock;

    CloudEventsChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json, Clock clock) {
        super("The receiver of events", messages);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cloudevents";
    }

    @Override
    protected String address() {
        return "where events are posted to, such as https://events.example.com/slipway";
    }

    @Override
    protected SettingsCheck check(Settings settings) {
        return super.check(settings)
                .required(SECRET, "what events are signed with, as a placeholder such as ${events.secret}");
    }

    @Override
    protected String contentType() {
        return JsonFormat.CONTENT_TYPE;
    }

    @Override
    protected String message(Channel.Post post) {
        return new String(format.serialize(event(post)), StandardCharsets.UTF_8);
    }

    @Override
    protected Map<String, String> headers(Channel.Post post, String message) {
        var timestamp = String.valueOf(clock.instant().getEpochSecond());
        var signature = Hmac.sha256(post.settings().required(SECRET), timestamp + "." + message);
        return Map.of(
                "X-Slipway-Timestamp",
                timestamp,
                "X-Slipway-Signature",
                "sha256=" + HexFormat.of().formatHex(signature));
    }

    private CloudEvent event(Channel.Post post) {
        var data = json.createObjectNode()
                .put("release", post.release())
                .put("channel", post.place())
                .put("team", post.team())
                .put("subject", post.subject())
                .put("text", post.text() == null ? "" : post.text())
                .put("link", whole(post));
        return CloudEventBuilder.v1()
                .withId(post.key())
                .withSource(URI.create(whole(post)))
                .withType(TYPE)
                .withSubject(post.release())
                .withTime(clock.instant().atOffset(ZoneOffset.UTC))
                .withData("application/json", data.toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }
}

package dev.slipway.communication.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.outside.OutsideChannel;
import dev.slipway.communication.outside.OutsideServer;
import dev.slipway.communication.outside.OutsideSettings;
import dev.slipway.http.Call;
import dev.slipway.http.Question;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code mattermost-bot}: a thread in a channel of Mattermost, by its REST API (version 4). Settings: {@code url}
 * (of the server, required), {@code team} (name in its address, required), {@code token} (of a bot, required), and those of
 * {@link OutsideSettings}. The place is the channel's name in its address.
 *
 * <p>Each message carries Slipway's key in its properties, and before one is posted Mattermost is asked for it, as with
 * Slack.
 */
@Component
class MattermostBotChannel extends OutsideChannel {

    private static final String URL = "url";
    private static final String TEAM = "team";
    private static final String TOKEN = "token";
    private static final String REMEDY =
            "Look at url, team and token of mattermost-bot, at communication.channel.name, and add the bot to the channel.";

    private static final Pattern PERMALINK = Pattern.compile(".*/pl/([a-z0-9]{26})");
    private static final Duration LOOKS_BACK = Duration.ofDays(1);

    private final OutsideServer mattermost = new OutsideServer("Mattermost");
    private final ObjectMapper json;
    private final Clock clock;

    MattermostBotChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json, Clock clock) {
        super(messages);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mattermost-bot";
    }

    @Override
    public List<String> problems(Settings settings) {
        return OutsideSettings.check(settings)
                .required(URL, "the server's address, such as https://chat.example.com")
                .address(URL)
                .required(TEAM, "the team's name in its address, such as shop")
                .required(TOKEN, "that of a bot, as a placeholder such as ${mattermost.token}")
                .problems();
    }

    @Override
    public List<String> problemsOfPlace(String place) {
        return place == null || place.isBlank()
                ? List.of("is missing. It is the channel in Mattermost, as in its address, such as releases.")
                : List.of();
    }

    @Override
    protected String begin(Post post) {
        var settings = new OutsideSettings(post.settings());
        return server(settings) + "/" + encoded(settings.settings().required(TEAM)) + "/pl/"
                + inChannel(post, settings);
    }

    @Override
    protected void say(Post post) {
        var settings = new OutsideSettings(post.settings());
        var thread = messages().thread(post);
        if (thread.isEmpty()) {
            // People are asked before the thread is opened, too.
            inChannel(post, settings);
            return;
        }
        var link = PERMALINK.matcher(thread.get());
        if (!link.matches()) {
            throw new IllegalStateException("The thread " + thread.get() + " is none of Mattermost's. The channel of a"
                    + " release can't be changed once its thread is opened.");
        }
        var posts = get("/posts/" + link.group(1) + "/thread", settings);
        if (posted(posts, post).isEmpty()) {
            var root = posts.path("posts").path(link.group(1));
            send(post, root.path("channel_id").asText(), link.group(1), settings);
        }
    }

    /** @return the id of the message in the channel, outside any thread */
    private String inChannel(Post post, OutsideSettings settings) {
        var channel = channel(post, settings);
        var since = clock.instant().minus(LOOKS_BACK).toEpochMilli();
        return posted(get("/channels/" + channel + "/posts?since=" + since, settings), post)
                .orElseGet(() -> send(post, channel, "", settings));
    }

    private String send(Post post, String channel, String root, OutsideSettings settings) {
        var message = json.createObjectNode()
                .put("channel_id", channel)
                .put("root_id", root)
                .put("message", MattermostText.of(post, whole(post)));
        message.putObject("props")
                .putObject("slipway")
                .put("release", post.release())
                .put("key", post.key());
        return ask(Call.json("POST", message.toString(), question("/posts", settings)))
                .path("id")
                .asText();
    }

    private static Optional<String> posted(JsonNode posts, Post post) {
        for (var one : posts.path("posts")) {
            if (one.at("/props/slipway/key").asText().equals(post.key())) {
                return Optional.of(one.path("id").asText());
            }
        }
        return Optional.empty();
    }

    private String channel(Post post, OutsideSettings settings) {
        if (post.place() == null || post.place().isBlank()) {
            throw new IllegalStateException("communication.channel.name is missing: the channel in Mattermost.");
        }
        var name = post.place().strip().replaceFirst("^#", "");
        return get(
                        "/teams/name/" + encoded(settings.settings().required(TEAM)) + "/channels/name/"
                                + encoded(name),
                        settings)
                .path("id")
                .asText();
    }

    private JsonNode get(String path, OutsideSettings settings) {
        return ask(Call.get(question(path, settings)));
    }

    private JsonNode ask(Call call) {
        var answer = mattermost.send(call, REMEDY).json();
        if (!answer.isObject()) {
            throw new IllegalStateException("Mattermost's answer is none of its API. Check url.");
        }
        return answer;
    }

    private static Question question(String path, OutsideSettings settings) {
        var token = settings.settings().required(TOKEN).strip();
        return settings.question(
                URI.create(server(settings) + "/api/v4" + path),
                Map.of("Authorization", "Bearer " + token),
                Set.of(token));
    }

    private static String server(OutsideSettings settings) {
        return settings.settings().required(URL).strip().replaceAll("/+$", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

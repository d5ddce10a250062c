package dev.slipway.communication.slack;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Channel {@code slack}: a thread in a channel of Slack, by its web API. Settings: {@code token} (of a bot, required),
 * {@code url} (default {@code https://slack.com/api}), and those of {@link OutsideSettings}. The place is the channel's
 * name or id.
 *
 * <p>Slack knows no idempotency key, so each message carries Slipway's as metadata, and before one is posted Slack is
 * asked for it: what was posted and not remembered, since Slipway was killed in between, is not posted again. A thread is
 * looked for among what was posted in the last day.
 */
@Component
class SlackChannel extends OutsideChannel {

    private static final String TOKEN = "token";
    private static final String URL = "url";
    private static final String USUAL_URL = "https://slack.com/api";
    private static final String EVENT = "slipway_message";
    private static final Pattern ID = Pattern.compile("[CG][A-Z0-9]{8,}");
    /** The last six digits of a message's number are behind the point. */
    private static final Pattern PERMALINK = Pattern.compile(".*/archives/([A-Z0-9]+)/p(\\d+)(\\d{6})(?:\\?.*)?");

    private static final Duration LOOKS_BACK = Duration.ofDays(1);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 5;

    /** Codes of errors that say: not now. */
    private static final Set<String> NOT_NOW = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final OutsideServer slack = new OutsideServer("Slack");
    private final ObjectMapper json;
    private final Clock clock;
    /** Ids of channels by server, token and name; names change seldom, and a wrong id is refused. */
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    SlackChannel(ObjectProvider<ChannelMessages> messages, ObjectMapper json, Clock clock) {
        super(messages);
        this.json = json;
        this.clock = clock;
    }

    private record Message(String channel, String ts) {

        String permalinkQuery() {
            return "channel=" + channel + "&message_ts=" + ts;
        }
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public List<String> problems(Settings settings) {
        return OutsideSettings.check(settings)
                .required(
                        TOKEN,
                        "that of a bot with scopes chat:write, channels:read and channels:history, as a"
                                + " placeholder such as ${slack.token}")
                .address(URL)
                .problems();
    }

    @Override
    public List<String> problemsOfPlace(String place) {
        return place == null || place.isBlank()
                ? List.of("is missing. It is the channel in Slack, such as \"#releases\".")
                : List.of();
    }

    @Override
    protected String begin(Post post) {
        var settings = new OutsideSettings(post.settings());
        var channel = channel(post, settings);
        var since = clock.instant().minus(LOOKS_BACK).getEpochSecond();
        var message = posted(post, channel, "conversations.history", "oldest=" + since, settings)
                .orElseGet(() -> send(post, channel, null, settings));
        return get("chat.getPermalink", message.permalinkQuery(), settings)
                .path("permalink")
                .asText();
    }

    @Override
    protected void say(Post post) {
        var settings = new OutsideSettings(post.settings());
        var thread = messages().thread(post).map(SlackChannel::thread);
        if (thread.isEmpty()) {
            // People are asked before the thread is opened, too.
            var channel = channel(post, settings);
            var since = clock.instant().minus(LOOKS_BACK).getEpochSecond();
            if (posted(post, channel, "conversations.history", "oldest=" + since, settings)
                    .isEmpty()) {
                send(post, channel, null, settings);
            }
            return;
        }
        var root = thread.get();
        if (posted(post, root.channel(), "conversations.replies", "ts=" + root.ts(), settings)
                .isEmpty()) {
            send(post, root.channel(), root.ts(), settings);
        }
    }

    private Message send(Post post, String channel, String thread, OutsideSettings settings) {
        var message = SlackMessage.of(post, whole(post), json)
                .put("channel", channel)
                .put("unfurl_links", false)
                .put("unfurl_media", false);
        if (thread != null) {
            message.put("thread_ts", thread);
        }
        message.putObject("metadata")
                .put("event_type", EVENT)
                .putObject("event_payload")
                .put("key", post.key());
        var answer = ask(new Call(
                "POST",
                "application/json; charset=utf-8",
                message.toString(),
                question("chat.postMessage", "", settings)));
        return new Message(answer.path("channel").asText(), answer.path("ts").asText());
    }

    /** @return the message of the same key, where Slack has it already */
    private Optional<Message> posted(Post post, String channel, String method, String where, OutsideSettings settings) {
        var cursor = "";
        for (var page = 0; page < MOST_PAGES; page++) {
            var answer = get(
                    method,
                    "channel=" + channel + "&" + where + "&include_all_metadata=true&limit=" + PAGE + next(cursor),
                    settings);
            for (var message : answer.path("messages")) {
                var metadata = message.path("metadata");
                if (metadata.path("event_type").asText().equals(EVENT)
                        && metadata.at("/event_payload/key").asText().equals(post.key())) {
                    return Optional.of(new Message(channel, message.path("ts").asText()));
                }
            }
            cursor = answer.at("/response_metadata/next_cursor").asText("");
            if (cursor.isEmpty()) {
                break;
            }
        }
        return Optional.empty();
    }

    private String channel(Post post, OutsideSettings settings) {
        if (post.place() == null || post.place().isBlank()) {
            throw new IllegalStateException("communication.channel.name is missing: the channel in Slack.");
        }
        var name = post.place().strip().replaceFirst("^#", "");
        if (ID.matcher(name).matches()) {
            return name;
        }
        var known = url(settings) + " " + token(settings) + " " + name;
        var id = ids.get(known);
        if (id == null) {
            id = find(name, settings);
            ids.put(known, id);
        }
        return id;
    }

    private String find(String name, OutsideSettings settings) {
        var cursor = "";
        do {
            var answer = get(
                    "conversations.list",
                    "types=public_channel,private_channel&exclude_archived=true&limit=1000" + next(cursor),
                    settings);
            for (var channel : answer.path("channels")) {
                if (channel.path("name").asText().equals(name)) {
                    return channel.path("id").asText();
                }
            }
            cursor = answer.at("/response_metadata/next_cursor").asText("");
        } while (!cursor.isEmpty());
        throw new IllegalStateException("Slack has no channel " + name
                + " that its bot can see. Correct communication.channel.name, or invite the bot to it.");
    }

    private JsonNode get(String method, String query, OutsideSettings settings) {
        return ask(Call.get(question(method, "?" + query, settings)));
    }

    /** Slack answers 200 to refusals, too. */
    private JsonNode ask(Call call) {
        var reply = slack.send(call, "Look at url.");
        var answer = reply.json();
        if (answer.path("ok").asBoolean()) {
            return answer;
        }
        var error = answer.path("error").asText("an answer that is none of Slack's");
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            throw slack.busy(reply);
        }
        if (NOT_NOW.contains(error)) {
            throw slack.failed("Slack answered " + error + ".");
        }
        throw new IllegalStateException("Slack answered " + error + ". " + remedy(error, answer));
    }

    private static String remedy(String error, JsonNode answer) {
        return switch (error) {
            case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired" ->
                "Renew token of slack.";
            case "missing_scope" ->
                "Give the bot scope " + answer.path("needed").asText("that it needs") + ".";
            case "channel_not_found", "not_in_channel", "is_archived" ->
                "Correct communication.channel.name, and invite the bot to the channel.";
            default -> "Look it up among the errors of the method.";
        };
    }

    private static Message thread(String link) {
        var parts = PERMALINK.matcher(link);
        if (!parts.matches()) {
            throw new IllegalStateException("The thread " + link + " is none of Slack's. The channel of a release can't"
                    + " be changed once its thread is opened.");
        }
        return new Message(parts.group(1), parts.group(2) + "." + parts.group(3));
    }

    private static String next(String cursor) {
        return cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    private static Question question(String method, String query, OutsideSettings settings) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Bearer " + token(settings));
        return settings.question(URI.create(url(settings) + "/" + method + query), headers, Set.of(token(settings)));
    }

    private static String token(OutsideSettings settings) {
        return settings.settings().required(TOKEN).strip();
    }

    private static String url(OutsideSettings settings) {
        return settings.settings().text(URL).orElse(USUAL_URL).strip().replaceAll("/+$", "");
    }
}

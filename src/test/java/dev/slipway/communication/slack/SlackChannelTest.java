package dev.slipway.communication.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.slipway.communication.SaidBefore.message;
import static dev.slipway.communication.SaidBefore.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.communication.SaidBefore;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as Slack documents them. */
class SlackChannelTest {

    private static final String TOKEN = "xoxb-notARealToken";
    private static final String THREAD = "https://ghostbusters.slack.com/archives/C1H9RESGL/p1503435956000247";
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @RegisterExtension
    static final WireMockExtension SLACK = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final SlackChannel channel = new SlackChannel(SaidBefore.nothing(), json, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void slack_answers() {
        answers("conversations.list", """
                {"ok": true, "channels": [{"id": "C012AB3CD", "name": "general"}, {"id": "C1H9RESGL", "name": "releases"}],
                 "response_metadata": {"next_cursor": ""}}""");
        answers("conversations.history", """
                {"ok": true, "messages": [{"type": "message", "user": "U123ABC456", "text": "Hello", "ts": "1512085950.000216"}],
                 "has_more": false}""");
        answers("conversations.replies", """
                {"ok": true, "messages": [{"type": "message", "text": "root", "ts": "1503435956.000247"}], "has_more": false}""");
        answers("chat.getPermalink", """
                {"ok": true, "channel": "C1H9RESGL", "permalink": "%s"}""".formatted(THREAD));
        SLACK.stubFor(post(urlPathEqualTo("/api/chat.postMessage")).willReturn(okJson("""
                {"ok": true, "channel": "C1H9RESGL", "ts": "1503435956.000247", "message": {"text": "…"}}""")));
    }

    @Test
    void a_thread_begins_with_a_message_and_is_known_by_its_link() {
        var link = channel.open(opening("#releases", settings()));

        assertThat(link).isEqualTo(THREAD);
        var sent = sent();
        assertThat(sent.path("channel").asText()).isEqualTo("C1H9RESGL");
        assertThat(sent.path("text").asText()).isEqualTo("checkout 1.5.0: Faster checkout");
        assertThat(sent.has("thread_ts")).isFalse();
        assertThat(sent.path("metadata").path("event_type").asText()).isEqualTo("slipway_message");
        assertThat(sent.at("/metadata/event_payload/key").asText()).isEqualTo("REL-42:open");
        SLACK.verify(postRequestedFor(urlPathEqualTo("/api/chat.postMessage"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        SLACK.verify(getRequestedFor(urlPathEqualTo("/api/chat.getPermalink"))
                .withQueryParam("message_ts", equalTo("1503435956.000247")));
    }

    @Test
    void a_message_goes_into_the_thread_in_slacks_own_markup() {
        channel.post(message("#releases", THREAD, """
                ## Why

                **Error rate** of *checkout* is <high> & rising, <!channel>: [see](https://a.example/?x=1&y=2)

                - `5xx`
                - more""", settings()));

        var sent = sent();
        assertThat(sent.path("thread_ts").asText()).isEqualTo("1503435956.000247");
        assertThat(sent.at("/blocks/0/text/text").asText()).isEqualTo("*checkout 1.5.0 is being rolled back*");
        assertThat(sent.at("/blocks/1/type").asText()).isEqualTo("section");
        assertThat(sent.at("/blocks/1/text/type").asText()).isEqualTo("mrkdwn");
        assertThat(sent.at("/blocks/1/text/text").asText())
                .isEqualTo("*Why*\n\n*Error rate* of _checkout_ is &lt;high&gt; &amp; rising, &lt;!channel&gt;:"
                        + " <https://a.example/?x=1&amp;y=2|see>\n\n• `5xx`\n• more");
        SLACK.verify(0, getRequestedFor(urlPathEqualTo("/api/conversations.list")));
    }

    @Test
    void the_same_message_again_posts_nothing() {
        channel.open(opening("#releases", settings()));
        channel.open(opening("#releases", settings()));
        channel.post(message("#releases", THREAD, "Why", settings()));
        channel.post(message("#releases", THREAD, "Why", settings()));

        SLACK.verify(2, postRequestedFor(urlPathEqualTo("/api/chat.postMessage")));
    }

    @Test
    void what_slack_has_and_slipway_forgot_in_a_crash_is_not_posted_again() {
        answers("conversations.history", """
                {"ok": true, "messages": [
                  {"type": "message", "text": "checkout 1.5.0", "ts": "1503435956.000247",
                   "metadata": {"event_type": "slipway_message", "event_payload": {"key": "REL-42:open"}}}]}""");
        answers("conversations.replies", """
                {"ok": true, "messages": [{"type": "message", "text": "root", "ts": "1503435956.000247"}],
                 "has_more": true, "response_metadata": {"next_cursor": "bmV4dA=="}}""");
        SLACK.stubFor(get(urlPathEqualTo("/api/conversations.replies"))
                .withQueryParam("cursor", equalTo("bmV4dA=="))
                .willReturn(okJson("""
                        {"ok": true, "messages": [
                          {"type": "message", "text": "…", "ts": "1503435990.000100",
                           "metadata": {"event_type": "slipway_message", "event_payload": {"key": "REL-42:rollback"}}}]}""")));

        assertThat(channel.open(opening("#releases", settings()))).isEqualTo(THREAD);
        channel.post(message("#releases", THREAD, "Why", settings()));

        SLACK.verify(0, postRequestedFor(urlPathEqualTo("/api/chat.postMessage")));
        SLACK.verify(getRequestedFor(urlPathEqualTo("/api/conversations.replies"))
                .withQueryParam("include_all_metadata", equalTo("true"))
                .withQueryParam("ts", equalTo("1503435956.000247")));
    }

    @Test
    void whoever_is_asked_without_naming_the_thread_is_asked_in_it() {
        channel.open(opening("#releases", settings()));
        channel.post(message("#releases", null, "Please answer.", settings()));

        assertThat(sent().path("thread_ts").asText()).isEqualTo("1503435956.000247");
    }

    @Test
    void a_long_text_is_split_into_sections() {
        channel.post(message("#releases", THREAD, "A sentence of words. ".repeat(800), settings()));

        var blocks = sent().path("blocks");
        assertThat(blocks).hasSizeBetween(6, 10);
        blocks.forEach(block -> assertThat(block.at("/text/text").asText()).hasSizeLessThanOrEqualTo(3_000));
    }

    @Test
    void what_slack_has_no_room_for_is_named() {
        channel.post(message("#releases", THREAD, ("word ".repeat(590) + "\n\n").repeat(60), settings()));

        var blocks = sent().path("blocks");
        assertThat(blocks).hasSize(50);
        assertThat(blocks.get(49).at("/text/text").asText()).isEqualTo("… whole text: " + SaidBefore.PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_auth,      Renew token of slack",
        "channel_not_found, invite the bot",
        "not_in_channel,    invite the bot",
        "msg_too_long,      msg_too_long"
    })
    void a_refusal_is_told_in_slacks_words_with_what_to_do(String error, String remedy) {
        SLACK.stubFor(post(urlPathEqualTo("/api/chat.postMessage"))
                .willReturn(okJson("{\"ok\": false, \"error\": \"" + error + "\"}")));

        assertThatThrownBy(() -> channel.post(message("#releases", THREAD, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(error)
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void a_scope_that_is_missing_is_named() {
        answers("conversations.replies", """
                {"ok": false, "error": "missing_scope", "needed": "channels:history", "provided": "chat:write"}""");

        assertThatThrownBy(() -> channel.post(message("#releases", THREAD, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("channels:history");
    }

    @Test
    void too_many_requests_are_a_failure_that_says_how_long_to_wait() {
        SLACK.stubFor(post(urlPathEqualTo("/api/chat.postMessage"))
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "30")
                        .withBody("")));

        assertThatThrownBy(() -> channel.post(message("#releases", THREAD, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Slack has had too many requests and asks to wait 30 s.");
    }

    @Test
    void no_answer_in_time_is_a_failure_and_the_next_try_posts() {
        SLACK.stubFor(post(urlPathEqualTo("/api/chat.postMessage"))
                .willReturn(okJson("{\"ok\": true}").withFixedDelay(3_000)));
        var slow = Map.<String, Object>of("token", TOKEN, "url", SLACK.baseUrl() + "/api", "timeout", "PT1S");

        assertThatThrownBy(() -> channel.post(message("#releases", THREAD, "Why", slow)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within 1000 ms");

        slack_answers();
        channel.post(message("#releases", THREAD, "Why", slow));
        SLACK.verify(2, postRequestedFor(urlPathEqualTo("/api/chat.postMessage")));
    }

    @ParameterizedTest
    @CsvSource({"internal_error", "fatal_error", "ratelimited"})
    void what_slack_can_not_do_now_is_tried_again(String error) {
        answers("conversations.replies", "{\"ok\": false, \"error\": \"" + error + "\"}");

        assertThatThrownBy(() -> channel.post(message("#releases", THREAD, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_channel_that_is_not_there_is_named() {
        assertThatThrownBy(() -> channel.open(opening("#nowhere", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no channel nowhere");
        assertThat(channel.problemsOfPlace(null)).singleElement().asString().contains("is missing");
        assertThat(channel.problemsOfPlace("#releases")).isEmpty();
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(new Settings(Map.of("url", "slack.com", "timeout", "PT1H", "insecure", true))))
                .anyMatch(problem -> problem.startsWith("token is missing"))
                .anyMatch(problem -> problem.startsWith("url: slack.com is not an http"))
                .anyMatch(problem -> problem.startsWith("timeout: PT1H is not between"))
                .anyMatch(problem -> problem.startsWith("insecure: certificates are always verified"));
    }

    private static Map<String, Object> settings() {
        return Map.of("token", TOKEN, "url", SLACK.baseUrl() + "/api");
    }

    private static void answers(String method, String body) {
        SLACK.stubFor(get(urlPathEqualTo("/api/" + method)).willReturn(okJson(body)));
    }

    /** @return the last message that was posted */
    private JsonNode sent() {
        var requests = SLACK.findAll(postRequestedFor(urlPathEqualTo("/api/chat.postMessage")));
        try {
            return json.readTree(requests.get(requests.size() - 1).getBodyAsString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.slipway.communication.mattermost;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.slipway.communication.SaidBefore.message;
import static dev.slipway.communication.SaidBefore.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Answers as Mattermost documents them (API version 4). */
class MattermostBotChannelTest {

    private static final String TOKEN = "9xuqwrwgstrb3mzrxb83nb357a";
    private static final String CHANNEL = "4xp9fdt77pncbef59f4k1qe83o";
    private static final String ROOT = "e7kz4ozr5bdr7yhdqmf4z3yaor";
    private static final String POSTS = "/api/v4/posts";

    @RegisterExtension
    static final WireMockExtension MATTERMOST = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final MattermostBotChannel channel = new MattermostBotChannel(
            SaidBefore.nothing(), json, Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC));

    @BeforeEach
    void mattermost_answers() {
        answers("/teams/name/shop/channels/name/releases", "{'id': '%s', 'name': 'releases'}".formatted(CHANNEL));
        answers("/channels/" + CHANNEL + "/posts", "{'order': [], 'posts': {}}");
        answers(
                "/posts/" + ROOT + "/thread",
                "{'order': ['%s'], 'posts': {'%s': {'id': '%s', 'channel_id': '%s', 'root_id': '', 'message': 'root'}}}"
                        .formatted(ROOT, ROOT, ROOT, CHANNEL));
        MATTERMOST.stubFor(post(urlPathEqualTo(POSTS))
                .willReturn(jsonResponse("{\"id\": \"" + ROOT + "\", \"channel_id\": \"" + CHANNEL + "\"}", 201)));
    }

    @Test
    void a_thread_begins_in_the_channel_and_messages_follow_in_it_once() {
        var thread = channel.open(opening("#releases", settings()));
        assertThat(thread).isEqualTo(MATTERMOST.baseUrl() + "/shop/pl/" + ROOT);
        assertThat(sent().path("channel_id").asText()).isEqualTo(CHANNEL);
        assertThat(sent().path("root_id").asText()).isEmpty();

        channel.post(message("#releases", thread, "**Why** @channel", settings()));
        channel.post(message("#releases", thread, "**Why** @channel", settings()));

        MATTERMOST.verify(
                2, postRequestedFor(urlPathEqualTo(POSTS)).withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        assertThat(sent().path("root_id").asText()).isEqualTo(ROOT);
        assertThat(sent().path("channel_id").asText()).isEqualTo(CHANNEL);
        assertThat(sent().at("/props/slipway/key").asText()).isEqualTo("REL-42:rollback");
        assertThat(sent().path("message").asText())
                .isEqualTo("**checkout 1.5.0 is being rolled back**\n\n**Why** @\u200Bchannel");
    }

    @Test
    void what_mattermost_has_and_slipway_forgot_in_a_crash_is_not_posted_again() {
        answers(
                "/channels/" + CHANNEL + "/posts",
                "{'order': ['%s'], 'posts': {'%s': {'id': '%s', 'props': {'slipway': {'key': 'REL-42:open'}}}}}"
                        .formatted(ROOT, ROOT, ROOT));
        answers(
                "/posts/" + ROOT + "/thread",
                "{'posts': {'p2': {'id': 'p2', 'props': {'slipway': {'key': 'REL-42:rollback'}}}}}");

        var thread = channel.open(opening("releases", settings()));
        channel.post(message("releases", thread, "Why", settings()));

        MATTERMOST.verify(0, postRequestedFor(urlPathEqualTo(POSTS)));
    }

    @Test
    void a_refusal_is_told_in_mattermosts_words() {
        MATTERMOST.stubFor(get(urlPathEqualTo("/api/v4/teams/name/shop/channels/name/nowhere"))
                .willReturn(jsonResponse(
                        "{\"id\": \"app.channel.get_by_name.missing.app_error\", \"message\": \"Channel does not exist.\","
                                + " \"status_code\": 404}",
                        404)));

        assertThatThrownBy(() -> channel.open(opening("nowhere", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Mattermost answered 404: Channel does not exist.")
                .hasMessageContaining("communication.channel.name")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void too_many_requests_and_silence_are_failures() {
        MATTERMOST.stubFor(post(urlPathEqualTo(POSTS)).willReturn(aResponse().withStatus(429)));
        assertThatThrownBy(() -> channel.open(opening("releases", settings())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("too many requests");
        MATTERMOST.stubFor(post(urlPathEqualTo(POSTS))
                .willReturn(aResponse().withStatus(201).withFixedDelay(3_000)));
        assertThatThrownBy(() -> channel.open(opening(
                        "releases",
                        Map.of("url", MATTERMOST.baseUrl(), "team", "shop", "token", TOKEN, "timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(Settings.NONE))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("url is missing"))
                .anyMatch(problem -> problem.startsWith("team is missing"))
                .anyMatch(problem -> problem.startsWith("token is missing"));
        assertThat(channel.problemsOfPlace(" ")).hasSize(1);
    }

    private static Map<String, Object> settings() {
        return Map.of("url", MATTERMOST.baseUrl() + "/", "team", "shop", "token", TOKEN);
    }

    private static void answers(String path, String body) {
        MATTERMOST.stubFor(get(urlPathEqualTo("/api/v4" + path)).willReturn(okJson(body.replace('\'', '"'))));
    }

    /** @return the last message that was posted */
    private JsonNode sent() {
        var requests = MATTERMOST.findAll(postRequestedFor(urlPathEqualTo(POSTS)));
        try {
            return json.readTree(requests.get(requests.size() - 1).getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

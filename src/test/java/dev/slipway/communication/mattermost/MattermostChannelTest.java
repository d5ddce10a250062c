package dev.slipway.communication.mattermost;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.slipway.communication.SaidBefore.message;
import static dev.slipway.communication.SaidBefore.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.communication.SaidBefore;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers of incoming webhooks as Mattermost documents them. */
class MattermostChannelTest {

    private static final String PATH = "/hooks/xxx-generatedkey-xxx";

    @RegisterExtension
    static final WireMockExtension MATTERMOST = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final MattermostChannel channel = new MattermostChannel(SaidBefore.nothing(), json);

    @Test
    void a_message_is_posted_once_as_the_markdown_it_is() throws Exception {
        answers(ok("ok"));

        channel.post(message("#releases", null, "**Error rate** 3 %\n\n- first", settings()));
        channel.post(message("#releases", null, "**Error rate** 3 %\n\n- first", settings()));

        MATTERMOST.verify(1, postRequestedFor(urlEqualTo(PATH)));
        assertThat(sent()).isEqualTo(json.readTree("""
                {"channel": "releases",
                 "text": "**checkout 1.5.0 is being rolled back**\\n\\n**Error rate** 3 %\\n\\n- first",
                 "props": {"slipway": {"release": "REL-42", "key": "REL-42:rollback"}}}"""));
    }

    @Test
    void without_a_place_it_is_the_webhooks_own_and_without_a_link_the_releases_page() {
        answers(ok("ok"));

        assertThat(channel.open(opening(null, settings()))).isEqualTo(SaidBefore.PAGE);
        assertThat(sent().has("channel")).isFalse();
        assertThat(sent().path("text").asText()).isEqualTo("**checkout 1.5.0: Faster checkout**");
    }

    @Test
    void nobody_is_called_out_and_no_picture_is_loaded() {
        answers(ok("ok"));

        channel.post(message(null, null, "@channel @here @ALL @allison ![x](https://t.example/p.gif)", settings()));

        assertThat(sent().path("text").asText())
                .endsWith("@\u200Bchannel @\u200Bhere @\u200BALL @allison [x](https://t.example/p.gif)");
    }

    @Test
    void a_long_text_is_cut_and_says_so() {
        answers(ok("ok"));

        channel.post(message(null, null, "A sentence of words. ".repeat(1_000), settings()));

        assertThat(sent().path("text").asText())
                .hasSizeBetween(15_000, 16_383)
                .endsWith("\n\n… whole text: " + SaidBefore.PAGE);
    }

    @Test
    void a_refusal_is_told_without_the_address() {
        answers(jsonResponse(
                "{\"id\": \"web.incoming_webhook.channel.app_error\", \"message\": \"Couldn't find the channel.\","
                        + " \"status_code\": 404}",
                404));

        assertThatThrownBy(() -> channel.post(message("#nowhere", null, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Mattermost answered 404: Couldn't find the channel")
                .hasMessageNotContaining("generatedkey");
    }

    @Test
    void too_many_requests_and_silence_are_failures() {
        answers(aResponse().withStatus(429).withBody("limit exceeded"));
        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("too many requests");
        answers(ok("ok").withFixedDelay(3_000));
        assertThatThrownBy(() -> channel.post(
                        message(null, null, "Why", Map.of("url", MATTERMOST.baseUrl() + PATH, "timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(new Settings(Map.of("url", "ftp://chat", "icon", "x"))))
                .anyMatch(problem -> problem.startsWith("url is not an http or https address"))
                .anyMatch(problem -> problem.startsWith("icon is unknown here"));
    }

    private static Map<String, Object> settings() {
        return Map.of("url", MATTERMOST.baseUrl() + PATH);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        MATTERMOST.stubFor(post(urlEqualTo(PATH)).willReturn(answer));
    }

    private JsonNode sent() {
        try {
            return json.readTree(MATTERMOST
                    .findAll(postRequestedFor(urlEqualTo(PATH)))
                    .get(0)
                    .getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

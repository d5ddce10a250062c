package dev.slipway.communication.teams;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
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

/** A workflow that begins when a webhook request is received: the card goes in, 202 comes back. */
class TeamsChannelTest {

    private static final String PATH =
            "/workflows/8f1c/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sig=notARealSignature";

    @RegisterExtension
    static final WireMockExtension TEAMS = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final TeamsChannel channel = new TeamsChannel(SaidBefore.nothing(), json);

    @Test
    void a_message_is_a_card() throws Exception {
        answers(aResponse().withStatus(202));

        channel.post(message(null, null, """
                ## Why

                **Error rate** 3 %, [see](https://a.example/(x))

                - first
                - second""", settings()));

        assertThat(sent()).isEqualTo(json.readTree("""
                {"type": "message", "attachments": [{
                  "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null,
                  "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
                    "body": [
                      {"type": "TextBlock", "text": "checkout 1.5.0 is being rolled back", "wrap": true,
                       "weight": "Bolder", "size": "Medium"},
                      {"type": "TextBlock", "wrap": true,
                       "text": "**Why**\\n\\n**Error rate** 3 %, [see](https://a.example/%28x%29)\\n\\n- first\\n- second"}],
                    "actions": [{"type": "Action.OpenUrl", "title": "Open the release", "url": "https://slipway.example.com/releases/REL-42"}],
                    "msteams": {"width": "Full"}}}]}"""));
    }

    @Test
    void it_is_posted_once_and_the_link_is_the_channels() {
        answers(aResponse().withStatus(202));

        assertThat(channel.open(opening(null, settings()))).isEqualTo("https://teams.microsoft.com/l/channel/19");
        channel.open(opening(null, settings()));

        TEAMS.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void a_card_is_no_larger_than_teams_takes_and_says_what_is_left_out() {
        answers(aResponse().withStatus(202));

        channel.post(message(null, null, ("\"Größe\" & mehr. ".repeat(200) + "\n\n").repeat(30), settings()));

        var body = TEAMS.findAll(postRequestedFor(urlEqualTo(PATH))).get(0).getBody();
        assertThat(body.length).isBetween(15_000, 28 * 1024);
        var blocks = sent().at("/attachments/0/content/body");
        assertThat(blocks.get(blocks.size() - 1).path("text").asText()).isEqualTo("… whole text: " + SaidBefore.PAGE);
    }

    @Test
    void a_refusal_is_told_without_the_signature() {
        answers(jsonResponse(
                "{\"error\": {\"code\": \"DirectApiAuthorizationRequired\", \"message\": \"The request must be"
                        + " authenticated only by Shared Access scheme.\"}}",
                401));

        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Teams answered 401: The request must be authenticated")
                .hasMessageNotContaining("notARealSignature");
    }

    @Test
    void too_many_requests_and_silence_are_failures() {
        answers(jsonResponse("{\"error\": {\"code\": \"429\"}}", 429).withHeader("Retry-After", "20"));
        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("asks to wait 20 s");
        answers(aResponse().withStatus(202).withFixedDelay(3_000));
        assertThatThrownBy(() -> channel.post(
                        message(null, null, "Why", Map.of("url", TEAMS.baseUrl() + PATH, "timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(Settings.NONE)).singleElement().asString().startsWith("url is missing");
    }

    private static Map<String, Object> settings() {
        return Map.of("url", TEAMS.baseUrl() + PATH, "link", "https://teams.microsoft.com/l/channel/19");
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        TEAMS.stubFor(post(urlEqualTo(PATH)).willReturn(answer));
    }

    private JsonNode sent() {
        try {
            return json.readTree(
                    TEAMS.findAll(postRequestedFor(urlEqualTo(PATH))).get(0).getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

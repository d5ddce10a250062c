package dev.slipway.communication.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.slipway.communication.SaidBefore.message;
import static dev.slipway.communication.SaidBefore.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.communication.SaidBefore;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of incoming webhooks as Slack documents them: a word in plain text. */
class SlackWebhookChannelTest {

    private static final String PATH = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

    @RegisterExtension
    static final WireMockExtension SLACK = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final SlackWebhookChannel channel = new SlackWebhookChannel(SaidBefore.nothing(), json);

    @Test
    void a_message_is_posted_once_and_the_link_is_the_channels() throws Exception {
        answers(ok("ok"));

        assertThat(channel.open(opening(null, settings()))).isEqualTo("https://acme.slack.com/archives/C1H9RESGL");
        channel.post(message(null, null, "The *error rate* rises.", settings()));
        channel.post(message(null, null, "The *error rate* rises.", settings()));

        var requests = SLACK.findAll(postRequestedFor(urlEqualTo(PATH)));
        assertThat(requests).hasSize(2);
        assertThat(json.readTree(requests.get(1).getBodyAsString())).isEqualTo(json.readTree("""
                {"text": "checkout 1.5.0 is being rolled back", "blocks": [
                  {"type": "section", "text": {"type": "mrkdwn", "text": "*checkout 1.5.0 is being rolled back*"}},
                  {"type": "section", "text": {"type": "mrkdwn", "text": "The _error rate_ rises."}}]}"""));
    }

    @Test
    void without_a_link_of_its_own_it_is_the_releases_page() {
        answers(ok("ok"));

        assertThat(channel.open(opening(null, Map.of("url", SLACK.baseUrl() + PATH))))
                .isEqualTo(SaidBefore.PAGE);
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_payload", "403, action_prohibited", "404, channel_not_found", "410, channel_is_archived"})
    void a_refusal_is_told_without_the_address(int status, String word) {
        answers(aResponse().withStatus(status).withBody(word));

        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Slack answered " + status + ": " + word)
                .hasMessageNotContaining("XXXX");
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503"})
    void what_slack_can_not_do_now_is_tried_again(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "1"));
        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class);

        answers(ok("ok"));
        channel.post(message(null, null, "Why", settings()));
        SLACK.verify(2, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void no_answer_in_time_is_a_failure() {
        answers(ok("ok").withFixedDelay(3_000));

        assertThatThrownBy(() -> channel.post(
                        message(null, null, "Why", Map.of("url", SLACK.baseUrl() + PATH, "timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within 1000 ms");
    }

    @Test
    void settings_are_checked_and_a_wrong_address_is_not_shown() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(Settings.NONE)).singleElement().asString().startsWith("url is missing");
        assertThat(channel.problems(new Settings(Map.of("url", "hooks.slack.com/services/T0/B0/XXXX", "link", "x"))))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("url is not an http or https address"))
                .anyMatch(problem -> problem.startsWith("link: x is not an http"))
                .noneMatch(problem -> problem.contains("XXXX"));
    }

    private static Map<String, Object> settings() {
        return Map.of("url", SLACK.baseUrl() + PATH, "link", "https://acme.slack.com/archives/C1H9RESGL");
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        SLACK.stubFor(post(urlEqualTo(PATH)).willReturn(answer));
    }
}

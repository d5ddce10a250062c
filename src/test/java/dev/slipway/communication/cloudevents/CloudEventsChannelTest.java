package dev.slipway.communication.cloudevents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CloudEventsChannelTest {

    private static final String SECRET = "an open secret";

    @RegisterExtension
    static final WireMockExtension RECEIVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final CloudEventsChannel channel = new CloudEventsChannel(
            SaidBefore.nothing(), json, Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC));

    @Test
    void a_message_is_an_event_and_signed() throws Exception {
        answers(aResponse().withStatus(204));

        channel.post(message("#releases", null, "**Why**", settings()));
        channel.post(message("#releases", null, "**Why**", settings()));

        var requests = RECEIVER.findAll(postRequestedFor(urlEqualTo("/events")));
        assertThat(requests).hasSize(1);
        var request = requests.get(0);
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(json.readTree(request.getBodyAsString())).isEqualTo(json.readTree("""
                {"specversion": "1.0", "id": "REL-42:rollback", "source": "https://slipway.example.com/releases/REL-42",
                 "type": "dev.slipway.release.message", "subject": "REL-42", "time": "2027-01-15T08:00:00Z",
                 "datacontenttype": "application/json",
                 "data": {"release": "REL-42", "channel": "#releases", "team": null,
                          "subject": "checkout 1.5.0 is being rolled back", "text": "**Why**",
                          "link": "https://slipway.example.com/releases/REL-42"}}"""));
        assertThat(request.getHeader("X-Slipway-Timestamp")).isEqualTo("1800000000");
        assertThat(request.getHeader("X-Slipway-Signature"))
                .isEqualTo("sha256=" + hmac("1800000000." + request.getBodyAsString()));
    }

    @Test
    void the_thread_is_the_releases_page() {
        answers(aResponse().withStatus(200));

        assertThat(channel.open(opening(null, settings()))).isEqualTo(SaidBefore.PAGE);
    }

    @Test
    void a_refusal_too_many_requests_and_silence_are_told_apart() {
        answers(aResponse().withStatus(403).withBody("{\"message\": \"unknown sender\"}"));
        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("403: unknown sender")
                .hasMessageNotContaining(SECRET);
        answers(aResponse().withStatus(429).withHeader("Retry-After", "5"));
        assertThatThrownBy(() -> channel.post(message(null, null, "Why", settings())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("asks to wait 5 s");
        answers(aResponse().withStatus(200).withFixedDelay(3_000));
        assertThatThrownBy(() -> channel.post(message(
                        null,
                        null,
                        "Why",
                        Map.of("url", RECEIVER.baseUrl() + "/events", "secret", SECRET, "timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(settings()))).isEmpty();
        assertThat(channel.problems(Settings.NONE))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("url is missing"))
                .anyMatch(problem -> problem.startsWith("secret is missing"));
    }

    private static Map<String, Object> settings() {
        return Map.of("url", RECEIVER.baseUrl() + "/events", "secret", SECRET);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        RECEIVER.stubFor(post(urlEqualTo("/events")).willReturn(answer));
    }

    private static String hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}

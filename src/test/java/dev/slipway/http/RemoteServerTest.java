package dev.slipway.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private static Path certificate;
    private static Path otherCertificate;
    private static WireMockServer there;

    private final RemoteServer server = new RemoteServer("Oracle");

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        certificate = newKey("server");
        otherCertificate = newKey("other");
        there = new WireMockServer(wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(directory.resolve("server.p12").toString())
                .keystoreType("PKCS12")
                .keystorePassword("changeit")
                .keyManagerPassword("changeit"));
        there.start();
    }

    @AfterAll
    static void stop() {
        there.stop();
    }

    @Test
    void an_answer_is_json() throws NoUsableAnswer {
        there.stubFor(get("/").willReturn(okJson("{\"a\": 1}")));

        assertThat(server.ask(question("secret-1")).path("a").asInt()).isEqualTo(1);
    }

    @Test
    void an_error_is_told_in_the_servers_words_without_the_secret() {
        answers(aResponse().withStatus(403).withBody("{\"errors\": [\"key secret-1 is\\nnot valid.\"]}"));

        says("Oracle answered 403: key … is not valid.");
    }

    @Test
    void any_method_is_sent_once_and_any_status_is_an_answer() throws NoUsableAnswer {
        there.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(422)
                        .withHeader("X-Left", "0")
                        .withBody("{\"message\": \"secret-1 is no ref\"}")));

        var reply = server.send(Call.json("POST", "{\"ref\": \"main\"}", question("secret-1")));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.header("x-left")).contains("0");
        assertThat(reply.json().path("message").asText()).isEqualTo("secret-1 is no ref");
        assertThat(reply.reason()).isEqualTo("… is no ref");
        there.verify(1, postRequestedFor(urlEqualTo("/")).withHeader("Content-Type", equalTo("application/json")));
    }

    @Test
    void an_answer_without_a_body_is_an_answer() throws NoUsableAnswer {
        there.stubFor(post("/").willReturn(aResponse().withStatus(204)));

        var reply = server.send(new Call("POST", null, null, question("secret-1")));

        assertThat(reply.isSuccess()).isTrue();
        assertThat(reply.json().isMissingNode()).isTrue();
    }

    @Test
    void no_whole_answer_is_none_whatever_was_sent() {
        there.stubFor(post("/").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> server.send(Call.json("POST", "{}", question("secret-1"))))
                .isInstanceOf(NoUsableAnswer.class)
                .hasMessageStartingWith("Oracle did not answer: ");
    }

    @Test
    void plain_text_is_a_reason_and_html_is_none() {
        answers(aResponse().withStatus(400).withBody("bad target\nTraceback"));
        says("Oracle answered 400: bad target.");

        answers(aResponse().withStatus(502).withBody("<html><body>Bad Gateway</body></html>"));
        says("Oracle answered 502: no reason given.");
    }

    @Test
    void a_redirect_is_not_followed() {
        answers(aResponse().withStatus(302).withHeader("Location", "http://elsewhere.invalid/"));

        says("Oracle answered 302: redirects are not followed.");
    }

    @Test
    void an_answer_that_is_not_json_or_empty_is_not_used() {
        answers(aResponse().withBody("<html>"));
        says("Oracle answered 200 with something that is not JSON.");

        answers(aResponse().withStatus(204));
        says("Oracle answered 204 with nothing.");
    }

    @Test
    void an_answer_that_is_too_large_is_given_up() {
        answers(aResponse().withBody(new byte[9 * 1024 * 1024]));

        says("Oracle did not answer: the answer is larger than 8388608 bytes.");
    }

    @Test
    void an_answer_that_begins_in_time_and_does_not_end_is_given_up() {
        answers(okJson("{\"a\": 1}").withChunkedDribbleDelay(5, 10_000));
        var begun = System.nanoTime();

        assertThatThrownBy(() -> server.ask(
                        new Question(URI.create(address()), Map.of(), Duration.ofMillis(500), null, Set.of())))
                .hasMessage("Oracle did not answer within 500 ms.");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_server_that_is_not_there_is_named_by_what_it_did() {
        assertThatThrownBy(() ->
                        server.ask(new Question(URI.create("http://127.0.0.1:1/"), Map.of(), TIMEOUT, null, Set.of())))
                .isInstanceOf(NoUsableAnswer.class)
                .message()
                .startsWith("Oracle did not answer: ");
    }

    @Test
    void a_certificate_is_trusted_only_where_its_authority_is_named() throws NoUsableAnswer {
        there.stubFor(get("/").willReturn(okJson("{}")));

        assertThat(server.ask(secure(certificate)).isObject()).isTrue();
        for (var authority : new Path[] {null, otherCertificate}) {
            assertThatThrownBy(() -> server.ask(secure(authority)))
                    .message()
                    .startsWith("Oracle can't be trusted: ")
                    .endsWith("Name the authority of its certificate in caCertificate.");
        }
    }

    @Test
    void a_file_without_certificates_is_named() throws IOException {
        var empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertThatThrownBy(() -> server.ask(secure(empty))).message().contains("empty.pem holds no certificate");
        assertThatThrownBy(() -> server.ask(secure(directory.resolve("missing.pem"))))
                .message()
                .contains("there is no file")
                .contains("missing.pem");
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        there.stubFor(get("/").willReturn(answer));
    }

    private void says(String sentence) {
        assertThatThrownBy(() -> server.ask(question("secret-1")))
                .isInstanceOf(NoUsableAnswer.class)
                .hasMessage(sentence);
    }

    private static Question question(String key) {
        return new Question(URI.create(address()), Map.of("X-Key", key), TIMEOUT, null, Set.of(key));
    }

    private static String address() {
        return "http://localhost:" + there.port() + "/";
    }

    private static Question secure(Path authority) {
        return new Question(
                URI.create("https://localhost:" + there.httpsPort() + "/"), Map.of(), TIMEOUT, authority, Set.of());
    }

    /** @return the file of its certificate; the key is in a file of the name */
    private static Path newKey(String name) throws IOException, InterruptedException {
        var store = directory.resolve(name + ".p12").toString();
        var pem = directory.resolve(name + ".pem");
        keytool("-genkeypair", store, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool("-exportcert", store, "-rfc", "-file", pem.toString());
        return pem;
    }

    private static void keytool(String command, String store, String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-keystore",
                store,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-alias",
                "key"));
        words.addAll(List.of(more));
        assertThat(new ProcessBuilder(words).redirectErrorStream(true).start().waitFor())
                .isZero();
    }
}

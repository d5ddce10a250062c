package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.SlipwayApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

@SpringBootTest(
        classes = SlipwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:web-apps;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.services-dir=src/test/resources/services",
            "slipway.observation.enabled=false",
            "slipway.admin-password=admin-for-tests",
            "spring.task.scheduling.enabled=false"
        })
class SlipwayWebAppsTest {

    private static final String APPS = "/camunda/app/";

    /** The vendor's logo as it begins in pages that draw it themselves. */
    private static final String VENDORS_LOGO = "M13,0 C20.1797017,0";

    private static final Pattern BANNER =
            Pattern.compile("migrat\\w* (to|zu)|Migrations?-Guide|utm_source=c7", Pattern.CASE_INSENSITIVE);

    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    @LocalServerPort
    private int port;

    @ParameterizedTest(name = "{0} leads to Tasklist")
    @ValueSource(strings = {"/", "/camunda", "/camunda/", "/camunda-welcome/", "/camunda-welcome/index.html"})
    void every_front_door_leads_to_tasklist(String door) {
        var page = get(door);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).startsWith(APPS + "tasklist/");
    }

    @ParameterizedTest(name = "{0} is Slipway {1}")
    @CsvSource({"tasklist, Tasklist", "cockpit, Cockpit", "admin, Admin", "welcome, Welcome"})
    void every_web_app_has_slipways_name_and_looks(String app, String name) {
        assertThat(text(APPS + app + "/scripts/config.js"))
                .contains("app: {vendor: 'Slipway', name: '" + name + "'}")
                .contains("disableWelcomeMessage: true");
        assertThat(text(APPS + app + "/default/")).contains("app/" + app + "/styles/user-styles.css");
        assertThat(text(APPS + app + "/styles/user-styles.css")).contains("\"../../../assets/slipway/slipway.css\"");
    }

    @Test
    void the_logo_stands_where_the_vendors_was() {
        assertThat(text("/camunda/assets/slipway/slipway.css"))
                .contains(".brand-logo svg", ".login-logo svg", "url(\"logo.svg\")", ".ce-eol-banner");
        assertThat(text("/camunda/assets/slipway/logo.svg")).contains("aria-label=\"Slipway\"");
    }

    @Test
    void tasklist_keeps_its_shortcuts() {
        assertThat(text(APPS + "tasklist/scripts/config.js"))
                .contains("claimTask", "focusFilter", "focusList", "focusForm", "startProcess");
    }

    @Test
    void the_icon_in_the_tab_is_slipways() throws IOException {
        var icon = new ClassPathResource("META-INF/resources/webjars/camunda/favicon.ico");

        assertThat(icon.getURL().getProtocol())
                .as("from Slipway's own resources")
                .isEqualTo("file");
        assertThat(getBytes("/camunda/favicon.ico")).isEqualTo(icon.getContentAsByteArray());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "tasklist, en", "cockpit, en", "admin, en", "welcome, en",
        "tasklist, de", "cockpit, de", "admin, de", "welcome, de"
    })
    void no_label_speaks_for_the_vendor(String app, String language) throws IOException {
        var labels = labels(text(APPS + app + "/locales/" + language + ".json"));

        assertThat(labels.get("APP_VENDOR").asText()).isEqualTo("Slipway");
        assertThat(labels.properties())
                .allSatisfy(label ->
                        assertThat(label.getValue().asText()).as(label.getKey()).doesNotContainPattern(BANNER));
        assertThat(labels.properties())
                .filteredOn(label -> label.getValue().asText().contains("Camunda"))
                .allSatisfy(label -> assertThat(label.getKey()).isEqualTo("DOCUMENTATION_DESCRIPTION"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"tasklist, en", "cockpit, de"})
    void all_other_labels_stay(String app, String language) throws IOException {
        var file = "META-INF/resources/webjars/camunda/app/" + app + "/locales/" + language + ".json";
        var vendors = labels(new String(new ClassPathResource(file).getContentAsByteArray(), StandardCharsets.UTF_8));
        var served = labels(text(APPS + app + "/locales/" + language + ".json"));

        assertThat(served.properties()).hasSameSizeAs(vendors.properties());
        assertThat(vendors.properties())
                .filteredOn(label -> !label.getValue().asText().contains("Camunda"))
                .allSatisfy(label -> assertThat(served.get(label.getKey())).isEqualTo(label.getValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/camunda/",
                "/camunda/app/",
                "/camunda/app/tasklist/default/",
                "/camunda/app/cockpit/default/",
                "/camunda/app/admin/default/",
                "/camunda/app/welcome/default/",
                "/camunda/nothing-here.html",
                "/camunda-welcome/",
                "/camunda-welcome/index.html"
            })
    void no_page_has_the_vendors_banner_or_logo(String page) {
        var html = get(page).body();

        assertThat(html).doesNotContainPattern(BANNER).doesNotContain(VENDORS_LOGO);
    }

    private static JsonNode labels(String file) throws IOException {
        // The vendor's files begin with a byte order mark, some of them.
        return new ObjectMapper().readTree(file.replace("\uFEFF", "")).get("labels");
    }

    private String text(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path) {
        return send(path, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private byte[] getBytes(String path) {
        return send(path, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> body) {
        try {
            var address = URI.create("http://localhost:" + port + path);
            return browser.send(HttpRequest.newBuilder(address).build(), body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

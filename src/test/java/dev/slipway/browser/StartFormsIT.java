package dev.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.slipway.SlipwayApplication;
import dev.slipway.release.Invitations;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may open no release says in Tasklist what they see of one, and who has the authority stops it. */
@SpringBootTest(
        classes = SlipwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:reports;DB_CLOSE_DELAY=-1",
            "slipway.sandbox.port=0",
            "slipway.admin-password=admin-for-tests"
        })
@ActiveProfiles("sandbox")
class StartFormsIT {

    @TempDir
    static Path sandbox;

    private static Chromium chromium;

    @LocalServerPort
    int port;

    @Autowired
    Invitations invitations;

    @Autowired
    ReleaseFlow flow;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @DynamicPropertySource
    static void a_place_for_the_sandbox(DynamicPropertyRegistry properties) {
        properties.add("slipway.sandbox.directory", sandbox::toString);
    }

    @BeforeAll
    static void a_browser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void no_browser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void what_can_not_be_taken_is_said_and_nothing_typed_is_lost() {
        var release =
                flow.open(SampleRequest.of("storefront", "1.1.0").request()).id();
        var sam = Person.at(chromium, "http://localhost:" + port);
        sam.logsIn("sam");
        var form = sam.starts("Report a problem");
        form.fill("Release", "REL-999999")
                .choose("What do you have?", "A problem that users told support")
                .choose("How bad is it?", "High: something important does not work for some")
                .fill("What was seen?", "Three customers can't pay by card.");

        assertThat(form.refusedByServer()).contains("There is no release REL-999999.");
        assertThat(form.value("What was seen?")).isEqualTo("Three customers can't pay by card.");

        form.fill("Release", release.toString()).submit();
        assertThat(timeline.of(release))
                .extracting(TimelineEntry::actor, TimelineEntry::what)
                .contains(tuple("sam", "Problem reported (SUPPORT, HIGH): Three customers can't pay by card."));
    }

    @Test
    void the_authority_rolls_a_release_back_that_others_may_not() {
        var release =
                flow.open(SampleRequest.of("storefront", "1.2.0").request()).id();
        releases.trafficBegins(release);
        var sam = Person.at(chromium, "http://localhost:" + port);
        sam.logsIn("sam");
        var others = steer(sam, release.toString());
        assertThat(others.refusedByServer()).contains("sam may not roll back release " + release);
        sam.page().close();

        var adam = Person.at(chromium, "http://localhost:" + port);
        adam.logsIn("adam");
        var form = steer(adam, "REL-999999");
        assertThat(form.refusedByServer()).contains("There is no release REL-999999.");
        assertThat(form.value("Why?")).isEqualTo("Customers can't pay.");
        form.screenshot("steer-release");
        form.fill("Release", release.toString()).submit();

        await().atMost(Duration.ofMinutes(1)).until(() -> releases.get(release).phase() == Phase.FINAL_STATUS);
        assertThat(timeline.of(release))
                .extracting(TimelineEntry::actor, TimelineEntry::what)
                .contains(tuple("adam", "Asked for a rollback: Customers can't pay."));
    }

    @Test
    void the_authority_rolls_back_by_the_link_of_a_message() {
        var release =
                flow.open(SampleRequest.of("storefront", "1.3.0").request()).id();
        releases.trafficBegins(release);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !flow.waitingFor(release).isEmpty());
        var page = Person.at(chromium, "http://localhost:" + port).page();
        var login = Base64.getEncoder().encodeToString("adam:slipway".getBytes(StandardCharsets.UTF_8));
        page.setExtraHTTPHeaders(Map.of("Authorization", "Basic " + login));
        var link = invitations.toDecide(release, Invitations.ROLL_BACK);
        page.navigate("http://localhost:" + port + URI.create(link).getPath());
        assertThat(releases.get(release).phase()).isEqualTo(Phase.PRE_RELEASE);

        page.getByLabel("Why?").fill("Customers call.");
        Chromium.screenshot(page, "roll-back-page");
        page.getByText("Roll back now").click();

        assertThat(page.locator("main").innerText()).contains("The way back has begun");
        page.navigate("http://localhost:" + port + URI.create(link).getPath());
        assertThat(page.locator("main").innerText()).contains("This link has been used already.");
        await().atMost(Duration.ofMinutes(1)).until(() -> releases.get(release).phase() == Phase.FINAL_STATUS);
    }

    private static Form steer(Person who, String release) {
        return who.starts("Roll back or hold a release")
                .fill("Release", release)
                .choose("What shall happen?", "Roll it back now")
                .fill("Why?", "Customers can't pay.");
    }
}

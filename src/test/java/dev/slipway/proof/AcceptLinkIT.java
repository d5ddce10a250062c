package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is asked by name accepts by the link in the release's thread, on the running application. */
class AcceptLinkIT {

    private static final Pattern LINK = Pattern.compile("For olga: .*?(/accept/[\\w-]+)", Pattern.DOTALL);

    private final SlipwayProcess slipway = SlipwayProcess.shared();
    private final Conduct conduct = new Conduct(slipway);

    @Test
    void a_link_is_for_one_person_and_for_one_use_and_looking_changes_nothing() {
        var id = conduct.open("storefront", "5.0.0");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> conduct.openTaskKeys(id).contains("accept-on-call"));
        var link = linkForOlga(id);

        assertThat(slipway.nobody().get(link).status()).isEqualTo(401);
        assertThat(slipway.as("erin").get(link).status()).isEqualTo(403);
        assertThat(slipway.as("olga").get("/accept/nonsense").status()).isEqualTo(404);
        assertThat(slipway.as("olga").get(link).fine().text()).contains("storefront 5.0.0", "be on call for");
        assertThat(conduct.openTaskKeys(id)).contains("accept-on-call");

        assertThat(slipway.as("olga")
                        .postForm(link, "answer=confirmed&contact=")
                        .status())
                .as("nothing is lost by an answer that the form does not allow")
                .isEqualTo(400);
        slipway.as("olga")
                .postForm(link, "answer=confirmed&contact=extension+13")
                .fine();

        assertThat(conduct.openTaskKeys(id)).doesNotContain("accept-on-call");
        assertThat(slipway.as("olga")
                        .postForm(link, "answer=rejected&contact=x&reason=y")
                        .status())
                .isEqualTo(409);
        assertThat(conduct.timeline(id)).contains("Accept on-call duty");
        slipway.as("erin")
                .post("/api/v1/releases/" + id + "/cancel", Map.of("reason", "Only a test."))
                .fine();
    }

    private String linkForOlga(String id) {
        var found = LINK.matcher(conduct.timeline(id));
        assertThat(found.find()).as(conduct.timeline(id)).isTrue();
        return found.group(1);
    }
}

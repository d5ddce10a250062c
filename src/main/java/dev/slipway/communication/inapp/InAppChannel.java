package dev.slipway.communication.inapp;

import dev.slipway.communication.Channel;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Channel {@code in-app}: the thread is kept by Slipway itself and read on the release's page. Needs no settings. */
@Component
class InAppChannel implements Channel {

    private final NamedParameterJdbcTemplate jdbc;
    private final Clock clock;
    private final ReleaseLink links;

    InAppChannel(NamedParameterJdbcTemplate jdbc, Clock clock, ReleaseLink links) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.links = links;
    }

    @Override
    public String name() {
        return "in-app";
    }

    @Override
    public String open(Post post) {
        return links.to(ReleaseId.of(post.release()));
    }

    @Override
    public void post(Post post) {
        // Written in the step's own transaction: said once, or not at all.
        jdbc.update(
                """
                insert into announcement (message_key, release_number, audience, subject, text, at)
                select :key, :release, :audience, :subject, :text, :at
                where not exists (select 1 from announcement where message_key = :key)""",
                Map.of(
                        "key", post.key(),
                        "release", ReleaseId.of(post.release()).number(),
                        "audience", post.place() == null ? "everybody" : post.place(),
                        "subject", post.subject(),
                        "text", post.text() == null ? "" : post.text(),
                        "at", java.sql.Timestamp.from(clock.instant())));
    }
}

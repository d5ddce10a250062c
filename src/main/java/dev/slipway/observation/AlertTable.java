package dev.slipway.observation;

import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of alerts: which of them met which release. */
@Repository
class AlertTable {

    private final JdbcClient client;

    AlertTable(JdbcTemplate template) {
        this.client = JdbcClient.create(template);
    }

    enum Known {
        NEW,
        UNHEARD,
        HEARD
    }

    Known known(ReleaseId release, String fingerprint, Instant startsAt) {
        return client.sql("""
                        select heard from alert
                        where release_number = :release and fingerprint = :fingerprint and starts_at = :starts""")
                .param("release", release.number())
                .param("fingerprint", fingerprint)
                .param("starts", Watches.timestamp(startsAt))
                .query(Boolean.class)
                .optional()
                .map(heard -> heard ? Known.HEARD : Known.UNHEARD)
                .orElse(Known.NEW);
    }

    void add(ReleaseId release, String fingerprint, Instant startsAt, String name, Instant at) {
        client.sql("""
                        insert into alert (release_number, fingerprint, starts_at, name, at, heard)
                        values (:release, :fingerprint, :starts, :name, :at, false)""")
                .param("release", release.number())
                .param("fingerprint", fingerprint)
                .param("starts", Watches.timestamp(startsAt))
                .param("name", name)
                .param("at", Watches.timestamp(at))
                .update();
    }

    void heard(ReleaseId release, String fingerprint, Instant startsAt) {
        client.sql("""
                        update alert set heard = true
                        where release_number = :release and fingerprint = :fingerprint and starts_at = :starts""")
                .param("release", release.number())
                .param("fingerprint", fingerprint)
                .param("starts", Watches.timestamp(startsAt))
                .update();
    }

    /** @return the releases that it had met and for which it has not ended before */
    List<ReleaseId> resolve(String fingerprint, Instant startsAt, Instant at) {
        var met = client.sql("""
                        select release_number from alert
                        where fingerprint = :fingerprint and starts_at = :starts and resolved_at is null
                        order by release_number""")
                .param("fingerprint", fingerprint)
                .param("starts", Watches.timestamp(startsAt))
                .query(Long.class)
                .list();
        if (!met.isEmpty()) {
            client.sql("""
                            update alert set resolved_at = :at
                            where fingerprint = :fingerprint and starts_at = :starts and resolved_at is null""")
                    .param("at", Watches.timestamp(at))
                    .param("fingerprint", fingerprint)
                    .param("starts", Watches.timestamp(startsAt))
                    .update();
        }
        return met.stream().map(ReleaseId::new).toList();
    }

    /** @return names of the alerts that met the release, each once, in the order of the alphabet */
    List<String> namesOf(ReleaseId release) {
        return client.sql("select distinct name from alert where release_number = :release order by name")
                .param("release", release.number())
                .query(String.class)
                .list();
    }
}

package dev.slipway.observation;

import dev.slipway.observation.ProblemReports.Kind;
import dev.slipway.observation.ProblemReports.Severity;
import dev.slipway.release.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The table of problem reports. */
@Repository
class ReportTable {

    private final JdbcClient client;

    ReportTable(JdbcTemplate template) {
        this.client = JdbcClient.create(template);
    }

    /**
     * A report as it was kept.
     *
     * @param number   by which people name it
     * @param reporter user id
     */
    record Kept(long number, Kind kind, Severity severity, String reporter, String text) {}

    /** @return its number */
    long add(ReleaseId release, Kind kind, Severity severity, String reporter, String text, String same, Instant at) {
        var key = new GeneratedKeyHolder();
        client.sql("""
                        insert into problem_report
                            (release_number, kind, severity, reporter, text, same_text, at, weighed)
                        values (:release, :kind, :severity, :reporter, :text, :same, :at, false)""")
                .param("release", release.number())
                .param("kind", kind.name())
                .param("severity", severity.name())
                .param("reporter", reporter)
                .param("text", text)
                .param("same", same)
                .param("at", Watches.timestamp(at))
                .update(key, "id");
        return key.getKeyAs(Long.class);
    }

    /** @return the number under which the same person has said the same since then */
    Optional<Long> same(ReleaseId release, Severity severity, String reporter, String same, Instant since) {
        return client.sql("""
                        select id from problem_report where release_number = :release and severity = :severity
                            and reporter = :reporter and same_text = :same and at >= :since
                        order by id desc limit 1""")
                .param("release", release.number())
                .param("severity", severity.name())
                .param("reporter", reporter)
                .param("same", same)
                .param("since", Watches.timestamp(since))
                .query(Long.class)
                .optional();
    }

    /** @return reports since then that the diagram has not heard yet, oldest first */
    List<Kept> unweighed(ReleaseId release, Instant since) {
        return client.sql("""
                        select id, kind, severity, reporter, text from problem_report
                        where release_number = :release and at >= :since and not weighed order by id""")
                .param("release", release.number())
                .param("since", Watches.timestamp(since))
                .query(ReportTable::kept)
                .list();
    }

    /** @return all reports of the release, oldest first */
    List<Kept> of(ReleaseId release) {
        return client.sql("""
                        select id, kind, severity, reporter, text from problem_report
                        where release_number = :release order by id""")
                .param("release", release.number())
                .query(ReportTable::kept)
                .list();
    }

    /** From now on they count no more: the diagram has heard them. */
    void weighed(List<Kept> reports) {
        client.sql("update problem_report set weighed = true where id in (:numbers)")
                .param("numbers", reports.stream().map(Kept::number).toList())
                .update();
    }

    private static Kept kept(ResultSet row, int index) throws SQLException {
        return new Kept(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                Severity.valueOf(row.getString("severity")),
                row.getString("reporter"),
                row.getString("text"));
    }
}

package dev.slipway.observation;

import dev.slipway.observation.FalseAlarms.Alarm;
import dev.slipway.observation.FalseAlarms.Rate;
import dev.slipway.observation.FalseAlarms.Source;
import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of false alarms, and what it is set against. */
@Repository
class FalseAlarmTable {

    private final JdbcClient client;

    FalseAlarmTable(JdbcTemplate template) {
        this.client = JdbcClient.create(template);
    }

    void add(ReleaseId release, Alarm alarm, String reason, String by, Instant at) {
        client.sql("""
                        insert into false_alarm (release_number, source, name, reason, marked_by, at)
                        values (:release, :source, :name, :reason, :by, :at)""")
                .param("release", release.number())
                .param("source", alarm.source().name())
                .param("name", alarm.name())
                .param("reason", reason)
                .param("by", by)
                .param("at", Watches.timestamp(at))
                .update();
    }

    boolean isMarked(ReleaseId release, Alarm alarm) {
        return client.sql("""
                                select count(*) from false_alarm
                                where release_number = :release and source = :source and name = :name""")
                        .param("release", release.number())
                        .param("source", alarm.source().name())
                        .param("name", alarm.name())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** @return names of the metrics that said FAIL, each once, in the order of the alphabet */
    List<String> failedMetrics(ReleaseId release) {
        return client.sql("""
                        select distinct metric from measurement where verdict = 'FAIL' and release_number = :release
                        order by metric""")
                .param("release", release.number())
                .query(String.class)
                .list();
    }

    List<Rate> rates(String service) {
        return client.sql("""
                        select r.service, x.source, x.name, count(*) as spoken, count(f.name) as wrong
                        from (select distinct 'METRIC' as source, release_number, metric as name
                              from measurement where verdict = 'FAIL'
                              union all
                              select distinct 'ALERT' as source, release_number, name from alert) x
                        join release r on r.number = x.release_number
                        left join false_alarm f on f.release_number = x.release_number
                            and f.source = x.source and f.name = x.name
                        where cast(:service as varchar(100)) is null or r.service = :service
                        group by r.service, x.source, x.name
                        order by r.service, x.source desc, x.name""")
                .param("service", service)
                .query((row, index) -> new Rate(
                        row.getString("service"),
                        Source.valueOf(row.getString("source")),
                        row.getString("name"),
                        row.getInt("spoken"),
                        row.getInt("wrong")))
                .list();
    }
}

package dev.slipway.observation;

import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of measurements: added to in batches, read, never changed. */
@Repository
class MeasurementTable {

    private static final int LONGEST_WORDS = 2_000;
    private static final int LONGEST_ERROR = 1_000;
    private static final int BATCH = 500;

    private final JdbcTemplate template;

    MeasurementTable(JdbcTemplate template) {
        this.template = template;
    }

    void add(Collection<Measurement> measurements) {
        template.batchUpdate("""
                insert into measurement (release_number, stage, metric, at, kind, metric_value, baseline, sample,
                    warm_up, threshold, verdict, rule, words, error)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", measurements, BATCH, MeasurementTable::set);
    }

    /** @return oldest first, in the order of the metrics */
    List<Measurement> of(ReleaseId release) {
        return template.query("""
                select release_number, stage, metric, at, kind, metric_value, baseline, sample, warm_up, threshold,
                    verdict, rule, words, error
                from measurement where release_number = ? order by id""", MeasurementTable::measurement, release.number());
    }

    private static void set(PreparedStatement statement, Measurement measurement) throws SQLException {
        statement.setLong(1, measurement.release());
        statement.setString(2, measurement.stage());
        statement.setString(3, measurement.metric());
        statement.setObject(4, Watches.timestamp(measurement.at()));
        statement.setString(5, measurement.kind().name());
        statement.setObject(6, measurement.value(), Types.DOUBLE);
        statement.setObject(7, measurement.baseline(), Types.DOUBLE);
        statement.setObject(8, measurement.sample(), Types.DOUBLE);
        statement.setBoolean(9, measurement.warmUp());
        statement.setString(10, cut(measurement.threshold(), LONGEST_ERROR));
        statement.setString(
                11, measurement.verdict() == null ? null : measurement.verdict().name());
        statement.setString(12, measurement.rule());
        statement.setString(13, cut(measurement.words(), LONGEST_WORDS));
        statement.setString(14, cut(measurement.error(), LONGEST_ERROR));
    }

    private static Measurement measurement(ResultSet row, int index) throws SQLException {
        var verdict = row.getString("verdict");
        return new Measurement(
                row.getLong("release_number"),
                row.getString("stage"),
                row.getString("metric"),
                Watches.instant(row, "at"),
                Sample.Kind.valueOf(row.getString("kind")),
                number(row, "metric_value"),
                number(row, "baseline"),
                number(row, "sample"),
                row.getBoolean("warm_up"),
                row.getString("threshold"),
                verdict == null ? null : Verdict.valueOf(verdict),
                row.getString("rule"),
                row.getString("words"),
                row.getString("error"));
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}

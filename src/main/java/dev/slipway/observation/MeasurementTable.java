package dev.slipway.observation;

import dev.slipway.observation.judge.Effect;
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
                    warm_up, threshold, verdict, rule, words, error, events, baseline_events, baseline_size, effect,
                    effect_low, effect_high, effect_relative, p)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", measurements, BATCH, MeasurementTable::set);
    }

    /** @return oldest first, in the order of the metrics */
    List<Measurement> of(ReleaseId release) {
        return template.query("""
                select release_number, stage, metric, at, kind, metric_value, baseline, sample, warm_up, threshold,
                    verdict, rule, words, error, events, baseline_events, baseline_size, effect, effect_low,
                    effect_high, effect_relative, p
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
        statement.setObject(15, measurement.events(), Types.DOUBLE);
        statement.setObject(16, measurement.baselineEvents(), Types.DOUBLE);
        statement.setObject(17, measurement.baselineSize(), Types.DOUBLE);
        var effect = measurement.effect();
        statement.setObject(18, effect == null ? null : (Double) effect.size(), Types.DOUBLE);
        statement.setObject(19, effect == null ? null : (Double) effect.low(), Types.DOUBLE);
        statement.setObject(20, effect == null ? null : (Double) effect.high(), Types.DOUBLE);
        statement.setObject(21, effect == null ? null : (Boolean) effect.relative(), Types.BOOLEAN);
        statement.setObject(22, measurement.p(), Types.DOUBLE);
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
                row.getString("error"),
                number(row, "events"),
                number(row, "baseline_events"),
                number(row, "baseline_size"),
                effect(row),
                number(row, "p"));
    }

    private static Effect effect(ResultSet row) throws SQLException {
        var size = number(row, "effect");
        return size == null
                ? null
                : new Effect(
                        size,
                        row.getDouble("effect_low"),
                        row.getDouble("effect_high"),
                        row.getBoolean("effect_relative"));
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}

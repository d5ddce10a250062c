package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Repository;

/** The table of what is watched. Its rows are written and removed in the engine's transactions. */
@Repository
class Watches {

    private static final String COLUMNS = """
            release_number, definition_id, version, serving_version, interval_millis, began_at, stage, stage_began_at,
            extended_at, extensions, planned_end, next_due, last_look, verdict, reason, told_at""";
    private static final int LONGEST_REASON = 4_000;

    /** A stage that began meanwhile begins without a verdict, unless it is one that stays. FAIL stays FAIL. */
    private static final String KEEP = """
            update watch set claimed_until = null, last_look = ?,
                next_due = case when stage = ? then cast(? as timestamp with time zone) else next_due end,
                verdict = case when ? or (stage = ? and coalesce(verdict, '') <> 'FAIL') then ? else verdict end,
                reason = case when ? or (stage = ? and coalesce(verdict, '') <> 'FAIL') then ? else reason end
            where release_number = ? and (last_look is null or last_look < ?)""";

    private final JdbcTemplate template;
    private final JdbcClient client;
    private final boolean skipsLocked;

    Watches(JdbcTemplate template) {
        this.template = template;
        this.client = JdbcClient.create(template);
        this.skipsLocked = isPostgres(template.getDataSource());
    }

    /** Begins to watch; a release that is watched already goes on from here, with no stage. */
    void begin(Watch watch) {
        end(watch.release());
        client.sql("""
                        insert into watch (release_number, definition_id, version, serving_version, interval_millis,
                            began_at, stage, extensions, next_due)
                        values (:number, :definition, :version, :serving, :interval, :began, :stage, 0, :due)""")
                .param("number", watch.release().number())
                .param("definition", watch.definitionId())
                .param("version", watch.version())
                .param("serving", watch.servingVersion())
                .param("interval", watch.interval().toMillis())
                .param("began", timestamp(watch.beganAt()))
                .param("stage", watch.stage())
                .param("due", timestamp(watch.nextDue()))
                .update();
    }

    void beginStage(ReleaseId release, String stage, Instant now, Instant plannedEnd, Instant firstLook) {
        client.sql("""
                        update watch set stage = :stage, stage_began_at = :now, extended_at = null, extensions = 0,
                            planned_end = :end, next_due = :first,
                            reason = case when verdict = 'FAIL' then reason else null end,
                            verdict = case when verdict = 'FAIL' then verdict else null end
                        where release_number = :number""")
                .param("stage", stage)
                .param("now", timestamp(now))
                .param("end", timestamp(plannedEnd))
                .param("first", timestamp(firstLook))
                .param("number", release.number())
                .update();
    }

    void extendStage(ReleaseId release, Instant now, Instant plannedEnd) {
        client.sql("""
                        update watch set extended_at = :now, extensions = extensions + 1, planned_end = :end
                        where release_number = :number""")
                .param("now", timestamp(now))
                .param("end", timestamp(plannedEnd))
                .param("number", release.number())
                .update();
    }

    void end(ReleaseId release) {
        client.sql("delete from watch where release_number = :number")
                .param("number", release.number())
                .update();
    }

    Optional<Watch> find(ReleaseId release) {
        return client.sql("select " + COLUMNS + " from watch where release_number = :number")
                .param("number", release.number())
                .query(Watches::watch)
                .optional();
    }

    /** Takes due releases that nobody else has taken; they are this node's until {@code until}. */
    List<Watch> claim(Instant now, Instant until, int batch) {
        return skipsLocked ? claimSkippingLocked(now, until, batch) : claimOneByOne(now, until, batch);
    }

    private List<Watch> claimSkippingLocked(Instant now, Instant until, int batch) {
        return client.sql("""
                        update watch set claimed_until = :until where release_number in (
                            select release_number from watch
                            where next_due <= :now and (claimed_until is null or claimed_until <= :now)
                            order by next_due limit :batch for update skip locked)
                        returning %s""".formatted(COLUMNS))
                .param("until", timestamp(until))
                .param("now", timestamp(now))
                .param("batch", batch)
                .query(Watches::watch)
                .list();
    }

    private List<Watch> claimOneByOne(Instant now, Instant until, int batch) {
        var due = client.sql("select " + COLUMNS + """
                         from watch where next_due <= :now and (claimed_until is null or claimed_until <= :now)
                        order by next_due limit :batch""")
                .param("now", timestamp(now))
                .param("batch", batch)
                .query(Watches::watch)
                .list();
        var claimed = new ArrayList<Watch>();
        for (var watch : due) {
            var updated = client.sql("""
                            update watch set claimed_until = :until where release_number = :number
                                and next_due <= :now and (claimed_until is null or claimed_until <= :now)""")
                    .param("until", timestamp(until))
                    .param("now", timestamp(now))
                    .param("number", watch.release().number())
                    .update();
            if (updated > 0) {
                claimed.add(watch);
            }
        }
        return claimed;
    }

    /** @return false where somebody else looks at it right now */
    boolean claim(ReleaseId release, Instant now, Instant until) {
        return client.sql("""
                                update watch set claimed_until = :until where release_number = :number
                                    and (claimed_until is null or claimed_until <= :now)""")
                        .param("until", timestamp(until))
                        .param("now", timestamp(now))
                        .param("number", release.number())
                        .update()
                > 0;
    }

    /**
     * What a look brought.
     *
     * @param watch   as it was when it was claimed
     * @param at      when it was looked at
     * @param verdict over the stage so far
     * @param reason  in words
     * @param nextDue when it is looked at again, where the stage is still the same
     */
    record Looked(Watch watch, Instant at, Verdict verdict, String reason, Instant nextDue) {}

    /**
     * Keeps what a look brought and gives the release back.
     *
     * @return false where the release is no longer watched, or somebody looked at it at that time or later
     */
    boolean looked(Looked look) {
        return template.update(KEEP, values(look)) > 0;
    }

    /**
     * The same of several releases at once. On PostgreSQL: locks none that is in somebody else's hands.
     *
     * @return those that were kept; the others are no longer watched, were looked at later, or are locked
     */
    List<Looked> lookedTogether(List<Looked> looks) {
        var free = free(looks);
        var kept = template.batchUpdate(KEEP, free.stream().map(Watches::values).toList());
        return IntStream.range(0, free.size())
                .filter(i -> kept[i] > 0)
                .mapToObj(free::get)
                .toList();
    }

    /** @return whether releases that somebody works on can be left aside */
    boolean skipsLocked() {
        return skipsLocked;
    }

    private List<Looked> free(List<Looked> looks) {
        var numbers =
                looks.stream().map(look -> look.watch().release().number()).toArray(Long[]::new);
        var free = Set.copyOf(template.queryForList(
                "select release_number from watch where release_number = any (?) for update skip locked",
                Long.class,
                (Object) numbers));
        return looks.stream()
                .filter(look -> free.contains(look.watch().release().number()))
                .toList();
    }

    private static Object[] values(Looked look) {
        var verdict = look.verdict().name();
        var failed = look.verdict() == Verdict.FAIL;
        var stage = look.watch().stage();
        var reason = look.reason();
        return new Object[] {
            timestamp(look.at()),
            stage,
            timestamp(look.nextDue()),
            failed,
            stage,
            verdict,
            failed,
            stage,
            reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
            look.watch().release().number(),
            timestamp(look.at())
        };
    }

    void told(ReleaseId release, Instant at) {
        client.sql("update watch set told_at = :at where release_number = :number")
                .param("at", timestamp(at))
                .param("number", release.number())
                .update();
    }

    private static Watch watch(ResultSet row, int index) throws SQLException {
        var verdict = row.getString("verdict");
        return new Watch(
                new ReleaseId(row.getLong("release_number")),
                row.getLong("definition_id"),
                row.getString("version"),
                row.getString("serving_version"),
                Duration.ofMillis(row.getLong("interval_millis")),
                instant(row, "began_at"),
                row.getString("stage"),
                instant(row, "stage_began_at"),
                instant(row, "extended_at"),
                row.getInt("extensions"),
                instant(row, "planned_end"),
                instant(row, "next_due"),
                instant(row, "last_look"),
                verdict == null ? null : Verdict.valueOf(verdict),
                row.getString("reason"),
                instant(row, "told_at"));
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static boolean isPostgres(DataSource dataSource) {
        try {
            return "PostgreSQL"
                    .equals(JdbcUtils.extractDatabaseMetaData(
                            dataSource, metaData -> metaData.getDatabaseProductName()));
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not say what it is.", e);
        }
    }
}

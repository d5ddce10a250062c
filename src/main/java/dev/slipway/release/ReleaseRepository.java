package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The releases, by number. */
interface ReleaseRepository extends Repository<Release, Long> {

    Release save(Release release);

    Optional<Release> findById(Long number);

    Optional<Release> findByIdempotencyKey(String key);

    @Query("""
            select number from release
            where (:service is null or service = :service)
              and (:phase is null or phase = :phase)
              and (:outcome is null or outcome = :outcome)
            order by number desc limit :size offset :offset""")
    List<Long> numbers(String service, String phase, String outcome, int size, long offset);

    @Query("""
            select count(*) from release
            where (:service is null or service = :service)
              and (:phase is null or phase = :phase)
              and (:outcome is null or outcome = :outcome)""")
    long count(String service, String phase, String outcome);

    @Query("""
            select number from release where (:service is null or service = :service) and phase <> 'CLOSED'
              and outcome is null and first_traffic_at is not null""")
    List<Long> running(String service);

    @Query("""
            select number from release where service = :service and version = :version
            order by case when phase <> 'CLOSED' and first_traffic_at is not null then 0 else 1 end, number desc
            limit 1""")
    Optional<Long> latest(String service, String version);

    @Query("""
            select number, service, version, owner, definition_id, window_start, window_end, first_traffic_at
            from release
            where outcome is null and phase <> 'CLOSED' and (window_start is not null or first_traffic_at is not null)
            order by number""")
    List<PlannedRelease> planned();

    @Query("select number from release where number = :number for update")
    Optional<Long> hold(long number);

    @Query(
            "select version from release where service = :service and outcome = 'SUCCESSFUL' order by number desc limit 1")
    Optional<String> lastSuccessfulVersion(String service);

    @Query("""
            select outcome from release where service = :service and number <> :number and outcome is not null
            order by number desc limit 1""")
    Optional<String> lastOutcome(String service, long number);

    @Query("""
            select number from release where service = :service and version = :version
              and (outcome in ('ROLLED_BACK', 'FOLLOW_UP_REQUIRED')
                   or (outcome is null and first_traffic_at is not null))
            order by number desc""")
    List<Long> maybeHauledBack(String service, String version);

    @Query("""
            select count(*) from (
                select outcome from release where service = :service and outcome is not null
                order by number desc limit :latest) as recent
            where outcome in ('ROLLED_BACK', 'FOLLOW_UP_REQUIRED')""")
    int failuresAmongLast(String service, int latest);

    @Modifying
    @Query("update release set to_revision = :toRevision where number = :number")
    void revise(long number, String toRevision);

    List<Release> findByNumberInOrderByNumberDesc(List<Long> numbers);

    @Modifying
    @Query("update release set phase = :phase where number = :number and phase <> :phase")
    int enter(long number, String phase);

    @Modifying
    @Query("update release set outcome = :outcome where number = :number and outcome is null")
    int declare(long number, String outcome);

    @Modifying
    @Query("update release set phase = 'CLOSED', closed_at = :at where number = :number and phase <> 'CLOSED'")
    int close(long number, Instant at);

    @Modifying
    @Query("update release set risk = :risk where number = :number and (risk is null or risk <> :risk)")
    int assess(long number, String risk);

    @Modifying
    @Query("update release set schema_change = :schemaChange where number = :number")
    void confirmSchemaChange(long number, boolean schemaChange);

    @Modifying
    @Query("update release set rollback_plan = :plan, manual_steps = :manualSteps where number = :number")
    void confirmRollbackPlan(long number, String plan, String manualSteps);

    @Modifying
    @Query("update release set window_start = :start, window_end = :end where number = :number")
    void plan(long number, Instant start, Instant end);

    @Modifying
    @Query("update release set first_traffic_at = :at where number = :number and first_traffic_at is null")
    void trafficBegins(long number, Instant at);
}

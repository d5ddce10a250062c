package dev.slipway.window;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** What Flagger said, one row a release, and what was ordered from it. */
interface FlaggerReportRepository extends Repository<FlaggerReport, Long> {

    Optional<FlaggerReport> findById(Long releaseNumber);

    @Modifying
    @Query("""
            insert into flagger_report (release_number, stage, weight, heard_at)
            values (:releaseNumber, 'STARTING', 0, :now)""")
    void add(long releaseNumber, Instant now);

    @Modifying
    @Query("""
            update flagger_report set stage = 'ANALYSING', checksum = :checksum, heard_at = :now
            where release_number = :releaseNumber""")
    void analysing(long releaseNumber, String checksum, Instant now);

    @Modifying
    @Query("update flagger_report set let_go_at = :now where release_number = :releaseNumber and let_go_at is null")
    void letGo(long releaseNumber, Instant now);

    @Modifying
    @Query("""
            update flagger_report set weight = :weight, let_go_at = null, heard_at = :now
            where release_number = :releaseNumber""")
    void weighs(long releaseNumber, double weight, Instant now);

    @Modifying
    @Query("""
            update flagger_report set stage = :stage, weight = :weight, let_go_at = null, heard_at = :now
            where release_number = :releaseNumber""")
    void ended(long releaseNumber, String stage, double weight, Instant now);

    /** The first trouble stays. */
    @Modifying
    @Query("update flagger_report set trouble = :trouble where release_number = :releaseNumber and trouble is null")
    int trouble(long releaseNumber, String trouble);

    /** @return the release's last order in production */
    @Query("""
            select * from deployment_order
            where release_number = :releaseNumber and order_key not like '%:rehearsal:%'
            order by id desc limit 1""")
    Optional<DeploymentOrder> lastOrder(long releaseNumber);

    /** @return whether the order has failed, or will once it is asked about, and so hauls the release back */
    @Query("""
            select count(*) > 0 from deployment_order placed
            where placed.id = :id and (placed.answer = 'FAILED' or (placed.answer = 'PENDING' and not exists (
                select 1 from deployment_report report
                where report.order_key = placed.order_key and report.state = 'SUCCEEDED')))""")
    boolean leadsBack(long id);
}

package dev.slipway.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Reports of deployers, the first of each order. */
interface DeploymentReportRepository extends Repository<DeploymentReport, String> {

    Optional<DeploymentReport> findById(String orderKey);

    @Modifying
    @Query("""
            insert into deployment_report (order_key, release_number, state, message, received_at, delivery)
            values (:orderKey, :releaseNumber, :state, :message, :receivedAt, 'OPEN')""")
    void add(String orderKey, long releaseNumber, String state, String message, Instant receivedAt);

    /** @return 1 where the caller may deliver it, 0 where somebody else did */
    @Modifying
    @Query("update deployment_report set delivery = 'DELIVERED' where order_key = :orderKey and delivery = 'OPEN'")
    int claim(String orderKey);

    /** @return reports of orders that are the last of their release and whose deployer answers later, oldest first */
    @Query("""
            select report.* from deployment_report report where report.delivery = 'OPEN' and exists (
                select 1 from deployment_order placed
                where placed.order_key = report.order_key and placed.answer = 'PENDING' and placed.id = (
                    select max(latest.id) from deployment_order latest
                    where latest.release_number = report.release_number))
            order by report.received_at, report.order_key limit :most""")
    List<DeploymentReport> awaited(int most);

    /** @return whether the order is the last of its release and its deployer answers later */
    @Query("""
            select count(*) > 0 from deployment_order placed
            where placed.order_key = :orderKey and placed.answer = 'PENDING' and placed.id = (
                select max(latest.id) from deployment_order latest
                where latest.release_number = placed.release_number)""")
    boolean isAwaited(String orderKey);

    /** Drops reports of releases that are closed, and of orders that the release does not wait for any more. */
    @Modifying
    @Query("""
            update deployment_report set delivery = 'DROPPED' where delivery = 'OPEN' and (
                exists (
                    select 1 from release
                    where release.number = deployment_report.release_number and release.phase = 'CLOSED')
                or (exists (
                        select 1 from deployment_order placed where placed.order_key = deployment_report.order_key)
                    and not exists (
                        select 1 from deployment_order placed
                        where placed.order_key = deployment_report.order_key and placed.answer = 'PENDING'
                          and placed.id = (
                            select max(latest.id) from deployment_order latest
                            where latest.release_number = deployment_report.release_number))))""")
    int dropStale();
}

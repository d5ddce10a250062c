package dev.slipway.window;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Orders are added. What they say never changes, only when they are asked about again. */
interface DeploymentOrderRepository extends Repository<DeploymentOrder, Long> {

    DeploymentOrder save(DeploymentOrder order);

    List<DeploymentOrder> findByReleaseNumberOrderById(long releaseNumber);

    /**
     * @return orders to ask about: taken on, of releases that are not closed, not reported yet, and due; those that
     *     nobody has asked about first, then by how long they have waited
     */
    @Query("""
            select placed.* from deployment_order placed
            join release on release.number = placed.release_number
            where placed.answer = 'PENDING' and placed.weight is not null and release.phase <> 'CLOSED'
              and (placed.ask_at is null or placed.ask_at <= :now)
              and not exists (
                select 1 from deployment_report report where report.order_key = placed.order_key)
              and not exists (
                select 1 from deployment_order later
                where later.order_key = placed.order_key and later.id > placed.id)
            order by placed.ask_at nulls first, placed.id limit :most""")
    List<DeploymentOrder> toAskAbout(Instant now, int most);

    /** @return 1 where the caller may ask about it, 0 where somebody else does */
    @Modifying
    @Query("update deployment_order set ask_at = :next where id = :id and (ask_at is null or ask_at <= :now)")
    int claim(long id, Instant now, Instant next);

    @Modifying
    @Query("update deployment_order set ask_at = :next where id = :id")
    void askAgain(long id, Instant next);
}

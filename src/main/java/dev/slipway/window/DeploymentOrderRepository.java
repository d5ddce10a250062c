package dev.slipway.window;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Orders are added, never changed. */
interface DeploymentOrderRepository extends Repository<DeploymentOrder, Long> {

    DeploymentOrder save(DeploymentOrder order);

    /** @return how often the order was taken on, be it done or to be reported later */
    @Query("select count(*) from deployment_order where order_key = :orderKey and answer <> 'FAILED'")
    long countTaken(String orderKey);
}

package dev.slipway.window;

import org.springframework.data.repository.Repository;

/** Orders are added, never changed. */
interface DeploymentOrderRepository extends Repository<DeploymentOrder, Long> {

    DeploymentOrder save(DeploymentOrder order);
}

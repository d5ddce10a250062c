package dev.slipway.window.kubernetes;

import dev.slipway.window.Deployer;

/** What runs a service in a cluster. Each call looks at what is there and makes the next change, if one is due. */
interface Workload {

    Deployer.Answer deploy(Deployer.Order order);

    Deployer.Answer shift(Deployer.Order order);

    Deployer.Answer rollBack(Deployer.Order order);

    /** Looks on, and makes the change that was waiting for something to be ready. */
    Deployer.Answer outcome(Deployer.Order order);

    Deployer.State state(Deployer.Order order);
}

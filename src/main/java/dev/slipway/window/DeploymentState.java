package dev.slipway.window;

/** What is known of an order to a deployer. The diagrams decide on these names. */
enum DeploymentState {
    SUCCEEDED,
    FAILED,
    /** Accepted; the deployer reports later. */
    PENDING
}

package dev.slipway.window.kubernetes;

/** What was ordered. The names are written on objects in the cluster. */
enum Action {
    DEPLOY,
    SHIFT,
    ROLL_BACK
}

/** A deployer that moves traffic between two groups of servers of an HAProxy backend, by HAProxy's Runtime API. */
package dev.slipway.window.haproxy;

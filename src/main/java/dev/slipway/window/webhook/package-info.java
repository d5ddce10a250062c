/** A deployer that is reached by signed HTTP calls: any pipeline or script that can answer one. */
package dev.slipway.window.webhook;

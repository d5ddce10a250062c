/** A deployer that starts a GitLab pipeline for each order and follows it. */
package dev.slipway.window.gitlab;

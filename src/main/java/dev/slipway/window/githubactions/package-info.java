/** A deployer that starts a workflow of GitHub Actions for each order and follows its run. */
package dev.slipway.window.githubactions;

/** A deployer that drives Kubernetes: plain Deployments, or Argo Rollouts. */
package dev.slipway.window.kubernetes;

/** A deployer that moves the percentage of a feature flag: the new behaviour stands behind it. */
package dev.slipway.window.featureflag;

/** A deployer that orders nothing: Flagger moves the traffic, asks before each step, and says what it did. */
package dev.slipway.window.flagger;

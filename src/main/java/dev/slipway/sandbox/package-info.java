/** A pretend service with real traffic, for the first five minutes and for tests. */
package dev.slipway.sandbox;

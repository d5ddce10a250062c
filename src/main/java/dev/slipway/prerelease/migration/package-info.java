/**
 * Reviews migrations: which statements can run while the old and the new version serve, and which end the way back.
 * Plain Java: text in, findings out; nothing is connected to and nothing is run.
 */
package dev.slipway.prerelease.migration;

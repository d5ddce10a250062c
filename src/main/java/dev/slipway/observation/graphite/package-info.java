/** The metric source {@code graphite}: a Graphite server, asked for what it would draw. */
package dev.slipway.observation.graphite;

/** The metric source {@code prometheus}: a Prometheus server, asked by its HTTP API. */
package dev.slipway.observation.prometheus;

/** The metric source {@code datadog}: Datadog, asked by its HTTP API. */
package dev.slipway.observation.datadog;

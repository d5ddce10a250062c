/** The metric source {@code json}: any address that answers with JSON. */
package dev.slipway.observation.json;

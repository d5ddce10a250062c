/**
 * The metric source {@code scrape}: reads what a service exposes and evaluates a part of PromQL itself, for those who
 * have no Prometheus server.
 */
package dev.slipway.observation.scrape;

package dev.slipway.observation;

import dev.slipway.catalog.Settings;

/**
 * One question to a source. Equal queries may be answered once.
 *
 * @param text     in the source's language, with {@code $version} replaced
 * @param settings the source's settings of the service, with those of the metric
 */
public record MetricQuery(String text, Settings settings) {}

/** What sources share that answer with the points of a span of time. */
package dev.slipway.observation.series;

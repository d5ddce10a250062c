/** Measurements as pictures: charts as SVG, and sparklines where there is only text. Plain Java, no I/O. */
package dev.slipway.observation.chart;

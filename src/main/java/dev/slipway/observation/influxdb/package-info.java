/** The metric source {@code influxdb}: InfluxDB, asked in InfluxQL. */
package dev.slipway.observation.influxdb;

/** The metric source {@code cloudwatch}: Amazon CloudWatch, asked by its GetMetricData. */
package dev.slipway.observation.cloudwatch;

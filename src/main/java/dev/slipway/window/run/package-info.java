/** What deployers share that start a run of a workflow or pipeline for each order and follow it. */
package dev.slipway.window.run;

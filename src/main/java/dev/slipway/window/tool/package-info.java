/** What deployers share that reach their tool by HTTP: its settings, and what an answer means. */
package dev.slipway.window.tool;

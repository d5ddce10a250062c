/** The verdict: plain Java, no I/O, no Spring. Given what was measured, says PASS, FAIL or INCONCLUSIVE and why. */
package dev.slipway.observation.judge;

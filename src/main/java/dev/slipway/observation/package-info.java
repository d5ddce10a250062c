/** OBS-1 to OBS-6: what is watched after a release, and what it means. */
package dev.slipway.observation;

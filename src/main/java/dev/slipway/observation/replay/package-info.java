/** Recorded releases, judged again: what the judge would have said, and when. Plain Java; reads files, asks nobody. */
package dev.slipway.observation.replay;

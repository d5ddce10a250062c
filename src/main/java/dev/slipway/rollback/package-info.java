/** The way back: what is done, by whom, and the proof that the old version serves. */
package dev.slipway.rollback;

/**
 * The kernel: what a release is, what it owes and what happened to it. Knows no engine, no HTTP and no other room.
 */
package dev.slipway.release;

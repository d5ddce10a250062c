/** Channels of Microsoft Teams. */
package dev.slipway.communication.teams;

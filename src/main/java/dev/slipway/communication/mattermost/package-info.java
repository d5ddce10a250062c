/** Channels of Mattermost. */
package dev.slipway.communication.mattermost;

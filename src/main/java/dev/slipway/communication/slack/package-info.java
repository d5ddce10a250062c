/** Channels of Slack, by its web API and by an incoming webhook. */
package dev.slipway.communication.slack;

/** Slipway's messages, which are Markdown, written as each channel takes them. Knows no channel. */
package dev.slipway.communication.markdown;

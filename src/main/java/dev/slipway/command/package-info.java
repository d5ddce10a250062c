/** What the jar does when it is given a command instead of being started as a server. */
package dev.slipway.command;

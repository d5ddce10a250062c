/** What sources share that ask a server by HTTP: its settings, and the questions made of them. */
package dev.slipway.observation.server;

/** Messages as CloudEvents, for programs that carry them further. */
package dev.slipway.communication.cloudevents;

/** Messages by mail: all of one release are one thread. */
package dev.slipway.communication.email;

/** REST. No logic: each call is one call of a room. */
package dev.slipway.api;

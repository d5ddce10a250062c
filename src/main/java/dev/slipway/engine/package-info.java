/** Everything that knows Camunda beyond a delegate. */
package dev.slipway.engine;

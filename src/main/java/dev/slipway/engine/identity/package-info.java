/** Users, groups and what they may do in the engine. */
package dev.slipway.engine.identity;

/** What channels share that reach people through a server of somebody else: said once, in time, without any secret. */
package dev.slipway.communication.outside;

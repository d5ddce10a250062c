/** What people see in a browser: the engine's web apps in Slipway's clothes. */
package dev.slipway.console;

/** A deployer that runs a program of the operator's choice, without a shell. */
package dev.slipway.window.command;

/** COM-1 to COM-4: who is told what, where, and whether they know. */
package dev.slipway.communication;

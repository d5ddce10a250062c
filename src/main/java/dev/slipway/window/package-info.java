/** WIN-1 to WIN-5: when a release may begin, and how its traffic moves. */
package dev.slipway.window;

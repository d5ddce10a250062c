/** LRN-1 to LRN-5: what a release taught. */
package dev.slipway.review;

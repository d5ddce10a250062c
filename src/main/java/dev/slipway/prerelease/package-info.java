/** PRE-1 to PRE-6: what must be known and confirmed before anyone is told. */
package dev.slipway.prerelease;

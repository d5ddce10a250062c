/** PRE-1 from Git: which commits a release holds, what they are, and how large it is beside the releases before it. */
package dev.slipway.prerelease.scope;

/** PRE-2 from Git: what in a change shows that something outside of the release is needed, by rules that are data. */
package dev.slipway.prerelease.dependency;

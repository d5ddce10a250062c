/** PRE-5: who is on call while a release is rolled out and watched, and when nobody is. */
package dev.slipway.prerelease.oncall;

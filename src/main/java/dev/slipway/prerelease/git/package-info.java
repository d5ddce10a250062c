/** Reads Git repositories: where they are, what a revision means, and what differs between two. Writes only its cache. */
package dev.slipway.prerelease.git;

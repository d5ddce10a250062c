/** PRE-3: whether the tests that a service asks for passed, from reports of pipelines and statuses of commits. */
package dev.slipway.prerelease.tests;

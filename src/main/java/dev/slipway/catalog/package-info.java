/** Service definitions: what each released service is, who answers for it, and how it is rolled out and judged. */
package dev.slipway.catalog;

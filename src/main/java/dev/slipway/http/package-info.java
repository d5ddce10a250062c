/** What every room shares that asks the outside by HTTP. Knows no other room. */
package dev.slipway.http;

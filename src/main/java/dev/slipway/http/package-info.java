/** What every room shares that speaks with the outside by HTTP. Knows no other room. */
package dev.slipway.http;

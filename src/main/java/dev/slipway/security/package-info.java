/** Who may do what. */
package dev.slipway.security;

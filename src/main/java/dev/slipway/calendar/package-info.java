/** Reads calendars (RFC 5545) from files and addresses; freezes and on-call rotas are written in them. Knows no phase. */
package dev.slipway.calendar;

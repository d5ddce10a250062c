package dev.slipway.observation.scrape;

/** @param at epoch milliseconds */
record Point(long at, double value) {}

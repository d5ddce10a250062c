package dev.slipway.observation.scrape;

/** A part of a query that can be evaluated. */
interface Expression {

    /** @param at epoch milliseconds */
    Result at(Scrapes scrapes, long at);
}

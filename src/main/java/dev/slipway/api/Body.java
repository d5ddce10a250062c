package dev.slipway.api;

/** What a call may bring. Bodies are read strictly: a field that is unknown or of another type is refused by name. */
interface Body {}

package dev.slipway.prerelease.migration;

import java.util.List;

/** Reads what a statement of one dialect does. */
interface StatementReader {

    /**
     * @return the rules that it meets; none where it is safe
     * @throws NotUnderstood where it has a clause that no rule knows
     */
    List<Hit> read(Cursor at, Surroundings around);
}

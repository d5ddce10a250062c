package dev.slipway.catalog;

import java.util.List;

/**
 * What a text says.
 *
 * @param definition null where the text can't be understood
 * @param problems   by line; a definition with any is not put in force
 */
record ServiceFile(ServiceDefinition definition, List<FileProblem> problems) {

    boolean isFine() {
        return problems.isEmpty();
    }
}

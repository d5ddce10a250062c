package dev.slipway.catalog;

/**
 * What is wrong at one place of a service definition.
 *
 * @param file   as it was named
 * @param line   1 or greater
 * @param path   such as {@code metrics[0].failAbove}; empty where the whole file is meant
 * @param reason for people; together with the path it reads as a sentence
 */
public record FileProblem(String file, int line, String path, String reason) {

    /** @return such as {@code services/checkout.yaml:14: metrics[0].failAbove: 2.0 is not a ratio (0 to 1).} */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
    }
}

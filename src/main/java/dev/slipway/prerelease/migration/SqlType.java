package dev.slipway.prerelease.migration;

import java.util.List;

/**
 * A column's type.
 *
 * @param base   one spelling for each type, such as {@code integer} for {@code int4}; quoted names keep their quotes
 * @param sizes  numbers in brackets: length, or precision and scale
 * @param labels of an enum or set, as literals
 * @param detail what else changes how it is kept: {@code []} for an array, {@code unsigned}, a character set
 */
record SqlType(String base, List<Integer> sizes, List<String> labels, String detail) {

    boolean is(String... bases) {
        return List.of(bases).contains(base);
    }

    boolean isArray() {
        return detail.contains("[]");
    }

    /** @return length or precision; the largest number where there is no limit */
    int size() {
        return sizes.isEmpty() ? Integer.MAX_VALUE : sizes.get(0);
    }

    int scale() {
        return sizes.size() < 2 ? 0 : sizes.get(1);
    }

    @Override
    public String toString() {
        var in = sizes.isEmpty()
                ? ""
                : sizes.toString().replace("[", "(").replace("]", ")").replace(" ", "");
        return base + in + (detail.isEmpty() ? "" : detail.equals("[]") ? "[]" : " " + detail);
    }
}

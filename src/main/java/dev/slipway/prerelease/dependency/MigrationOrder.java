package dev.slipway.prerelease.dependency;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The order in which migrations run: by the numbers in their names, and repeatable ones last. */
final class MigrationOrder {

    static final Comparator<MigrationFile> BY_VERSION = Comparator.comparing(MigrationOrder::isRepeatable)
            .thenComparing(MigrationOrder::numbers, MigrationOrder::compare)
            .thenComparing(MigrationFile::path);

    /** {@code V1_2__name}, {@code 20240131120000_name}, {@code 0003_name}, {@code 12.up}. */
    private static final Pattern VERSION = Pattern.compile("(?:^|/)[A-Za-z]{0,10}[-_]?(\\d{1,20}(?:[._]\\d{1,20})*)");

    private MigrationOrder() {}

    private static boolean isRepeatable(MigrationFile file) {
        return Wording.fileName(file.path()).startsWith("R__");
    }

    private static List<BigInteger> numbers(MigrationFile file) {
        var matcher = VERSION.matcher(Wording.fileName(file.path()));
        var numbers = new ArrayList<BigInteger>();
        if (matcher.find()) {
            for (var number : matcher.group(1).split("[._]")) {
                numbers.add(new BigInteger(number));
            }
        }
        return numbers;
    }

    private static int compare(List<BigInteger> left, List<BigInteger> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            var difference = left.get(i).compareTo(right.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}

package dev.slipway.prerelease.migration;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** MySQL's table options, such as {@code ENGINE=InnoDB}. */
final class MysqlTableOptions {

    private static final Set<String> KNOWN = Set.of(
            "ENGINE",
            "AUTO_INCREMENT",
            "COMMENT",
            "ROW_FORMAT",
            "KEY_BLOCK_SIZE",
            "MAX_ROWS",
            "MIN_ROWS",
            "AVG_ROW_LENGTH",
            "CHECKSUM",
            "DELAY_KEY_WRITE",
            "PACK_KEYS",
            "STATS_PERSISTENT",
            "STATS_AUTO_RECALC",
            "STATS_SAMPLE_PAGES",
            "ENCRYPTION",
            "COMPRESSION",
            "TABLESPACE",
            "CONNECTION",
            "INSERT_METHOD",
            "COLLATE",
            "CHARSET",
            "CHARACTER",
            "DEFAULT",
            "DATA",
            "INDEX",
            "UNION",
            "SECONDARY_ENGINE",
            "AUTOEXTEND_SIZE",
            "ENGINE_ATTRIBUTE");

    private MysqlTableOptions() {}

    static boolean sees(Cursor at) {
        return KNOWN.contains(Cursor.upper(at.peek()));
    }

    /** @return name and value, such as {@code ENGINE=innodb} */
    static String take(Cursor at) {
        at.take("DEFAULT");
        if (!sees(at)) {
            throw at.stuck();
        }
        var name = Cursor.upper(at.any());
        if (name.equals("CHARACTER")) {
            at.expect("SET");
            name = "CHARSET";
        }
        if (name.equals("DATA") || name.equals("INDEX")) {
            at.expect("DIRECTORY");
        }
        at.takeSign("=");
        var value = at.seesSign("(") ? "" : at.any().text();
        if (value.isEmpty()) {
            at.brackets();
        }
        if (name.equals("TABLESPACE") && at.take("STORAGE")) {
            at.any();
        }
        return name + "=" + value.toLowerCase(Locale.ROOT);
    }

    /** @return what changing the option of a table that is there meets */
    static Optional<String> ruleOf(String option) {
        var name = option.substring(0, option.indexOf('='));
        return switch (name) {
            case "ENGINE" -> Optional.of(option.equals("ENGINE=innodb") ? "rebuilds-online" : "change-engine");
            case "ROW_FORMAT", "KEY_BLOCK_SIZE" -> Optional.of("rebuilds-online");
            case "ENCRYPTION",
                    "COMPRESSION",
                    "TABLESPACE",
                    "DATA",
                    "INDEX",
                    "UNION",
                    "CONNECTION",
                    "PACK_KEYS",
                    "CHECKSUM",
                    "DELAY_KEY_WRITE",
                    "SECONDARY_ENGINE" -> Optional.of("copies-table");
            default -> Optional.empty();
        };
    }
}

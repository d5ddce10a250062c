package dev.slipway.window.featureflag;

import dev.slipway.catalog.Settings;
import dev.slipway.window.tool.ToolSettings;
import java.util.Locale;

/**
 * Where a flag is.
 *
 * @param url         of the server
 * @param flag        its key, with the version filled in
 * @param order       why it is changed, for the server's own records
 */
record FlagPlace(ToolSettings settings, String url, String project, String flag, String environment, String order) {

    static final String URL = "url";
    static final String PROJECT = "project";
    static final String FLAG = "flag";
    static final String ENVIRONMENT = "environment";

    static FlagPlace of(Settings settings, String usualUrl, String version, String order) {
        return new FlagPlace(
                new ToolSettings(settings),
                ToolSettings.url(settings, usualUrl == null ? "" : usualUrl),
                settings.text(PROJECT).orElse("default").strip(),
                settings.required(FLAG).strip().replace("{version}", version),
                environment(settings),
                order);
    }

    static String environment(Settings settings) {
        return settings.text(ENVIRONMENT).orElse("production").strip();
    }

    static boolean isSameEnvironment(Settings one, Settings other) {
        return environment(one)
                .toLowerCase(Locale.ROOT)
                .equals(environment(other).toLowerCase(Locale.ROOT));
    }

    /** @return a setting that only some servers have; null where it is not there */
    String text(String name) {
        return settings.settings().text(name).filter(text -> !text.isBlank()).orElse(null);
    }

    String inWords() {
        return "flag " + flag + " in " + environment;
    }
}

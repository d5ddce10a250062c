package dev.slipway.prerelease.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The credentials of the environment: which host gets which, and how they are kept out of every text. */
final class Secrets {

    static final String USERNAME = "SLIPWAY_GIT_USERNAME";
    static final String TOKEN = "SLIPWAY_GIT_TOKEN";

    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*+@");
    private static final int SHORTEST = 4;

    /** Most forges take a token with any name; this one works with all that ask for none in particular. */
    private static final String ANY_NAME = "x-access-token";

    private final Map<String, String> environment;

    Secrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @return null where the environment has no token for the host */
    String token(String host) {
        var own = environment.get(TOKEN + "_" + inVariables(host));
        return own != null ? own : environment.get(TOKEN);
    }

    String username(String host) {
        var own = environment.get(USERNAME + "_" + inVariables(host));
        return own != null ? own : environment.getOrDefault(USERNAME, ANY_NAME);
    }

    static String inVariables(String host) {
        return host.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** @return the text without what stands before the host in an address, and without any token */
    String redacted(String text) {
        if (text == null) {
            return "no reason is given";
        }
        var redacted = USER_INFO.matcher(text).replaceAll("://");
        for (var token : tokens()) {
            redacted = redacted.replace(token, "…");
        }
        return redacted;
    }

    private List<String> tokens() {
        var tokens = new ArrayList<String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(TOKEN) && value.length() >= SHORTEST) {
                tokens.add(value);
            }
        });
        return tokens;
    }
}

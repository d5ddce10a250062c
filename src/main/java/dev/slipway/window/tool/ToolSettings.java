package dev.slipway.window.tool;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Certificates;
import dev.slipway.http.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Settings of every deployer that reaches its tool by HTTP, for one order: {@code url}; {@code token}; {@code timeout} of
 * one request (1 s to 10 s, default 10 s); {@code caCertificate}, a PEM file whose authorities alone are trusted. However
 * many requests an order takes, they share 40 s: the engine takes a step for abandoned that lasts longer than a minute,
 * and lets another node begin it.
 */
public final class ToolSettings {

    private static final String URL = "url";
    private static final String TOKEN = "token";
    private static final String TIMEOUT = "timeout";
    private static final String CA = "caCertificate";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_ORDER = Duration.ofSeconds(40);

    private final Settings settings;
    private final long begun = System.nanoTime();

    public ToolSettings(Settings settings) {
        this.settings = settings;
    }

    /** @param token what the token must be able to do */
    public static SettingsCheck check(Settings settings, String token) {
        return new SettingsCheck(settings)
                .address(URL)
                .required(TOKEN, token + ", as a placeholder such as ${deploy.token}")
                .duration(TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT)
                .file(CA, Certificates::trusting);
    }

    /** @return without a slash at its end */
    public static String url(Settings settings, String usual) {
        return settings.text(URL).orElse(usual).strip().replaceAll("/+$", "");
    }

    /** @return whether both addresses lead to one server */
    public static boolean isSameServer(Settings one, Settings other, String usual) {
        return url(one, usual).toLowerCase(Locale.ROOT).equals(url(other, usual).toLowerCase(Locale.ROOT));
    }

    /** @return one segment of a path, or one value of a query */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Settings settings() {
        return settings;
    }

    public String token() {
        return settings.required(TOKEN).strip();
    }

    /**
     * @param headers the tool's own, the token among them
     * @throws UncheckedIOException where the order has taken too long already
     */
    public Question question(String address, Map<String, String> headers) {
        return question(address, headers, token());
    }

    /** @param secret what must not appear in any message */
    public Question question(String address, Map<String, String> headers, String secret) {
        return new Question(
                URI.create(address),
                headers,
                timeLeft(),
                settings.text(CA).map(Path::of).orElse(null),
                Set.of(secret));
    }

    private Duration timeLeft() {
        var left = LONGEST_ORDER.minusNanos(System.nanoTime() - begun);
        if (left.compareTo(Duration.ofMillis(1)) < 0) {
            var sentence = "The tool took too long: its answers did not come within " + LONGEST_ORDER.toSeconds()
                    + " s together.";
            throw new UncheckedIOException(sentence, new IOException(sentence));
        }
        var one = settings.duration(TIMEOUT, LONGEST_TIMEOUT);
        return one.compareTo(left) < 0 ? one : left;
    }
}

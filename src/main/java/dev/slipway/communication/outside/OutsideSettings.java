package dev.slipway.communication.outside;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Certificates;
import dev.slipway.http.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Settings of every channel that is reached by HTTP, for one message: {@code timeout} of one request (1 s to 10 s,
 * default 10 s); {@code caCertificate}, a PEM file whose authorities alone are trusted. However many requests a message
 * takes, they share 40 s: the engine takes a step for abandoned that lasts longer than a minute.
 */
public final class OutsideSettings {

    /** Of channels that have one address, which is their secret. */
    public static final String URL = "url";

    /** Where people find the channel. */
    public static final String LINK = "link";

    private static final String TIMEOUT = "timeout";
    private static final String CA = "caCertificate";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(40);

    private final Settings settings;
    private final long begun = System.nanoTime();

    public OutsideSettings(Settings settings) {
        this.settings = settings;
    }

    public static SettingsCheck check(Settings settings) {
        return new SettingsCheck(settings)
                .duration(TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT)
                .file(CA, Certificates::trusting);
    }

    /**
     * Of a channel whose address is all that one needs to post there. It is not shown where it is wrong.
     *
     * @param what the address is, with an example
     */
    public static List<String> problemsOfWebhook(Settings settings, String what, SettingsCheck check) {
        var problems = check.required(URL, what).problems();
        settings.text(URL)
                .filter(url -> !url.isBlank() && !isAddress(url))
                .ifPresent(url -> problems.add(URL + " is not an http or https address: " + what));
        return problems;
    }

    public Settings settings() {
        return settings;
    }

    /** @return the question to an address that is a secret but for its host */
    public Question toWebhook(Map<String, String> headers) {
        var url = URI.create(settings.required(URL).strip());
        var hidden = url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
        return question(url, headers, Set.of(url.toString(), hidden));
    }

    /**
     * @param secrets what must not appear in any message
     * @throws UncheckedIOException where the message has taken too long already
     */
    public Question question(URI address, Map<String, String> headers, Set<String> secrets) {
        return new Question(
                address, headers, timeLeft(), settings.text(CA).map(Path::of).orElse(null), secrets);
    }

    private static boolean isAddress(String text) {
        try {
            var url = URI.create(text.strip());
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Duration timeLeft() {
        var left = LONGEST_MESSAGE.minusNanos(System.nanoTime() - begun);
        if (left.compareTo(Duration.ofMillis(1)) < 0) {
            var sentence = "The answers did not come within " + LONGEST_MESSAGE.toSeconds() + " s together.";
            throw new UncheckedIOException(sentence, new IOException(sentence));
        }
        var one = settings.duration(TIMEOUT, LONGEST_TIMEOUT);
        return one.compareTo(left) < 0 ? one : left;
    }
}

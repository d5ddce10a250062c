package dev.slipway.observation.server;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Certificates;
import dev.slipway.http.Question;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of every source that asks a server by HTTP: {@code url}; {@code bearerToken}, or {@code username} and
 * {@code password}; {@code headers}, a mapping; {@code caCertificate}, a PEM file whose authorities alone are trusted;
 * {@code timeout} of one request, above zero, at most PT1M, default PT5S.
 */
public record ServerSettings(Settings settings) {

    private static final String URL = "url";
    private static final String TIMEOUT = "timeout";
    private static final String CA = "caCertificate";
    private static final String HEADERS = "headers";
    private static final String TOKEN = "bearerToken";
    private static final String USER = "username";
    private static final String PASSWORD = "password";
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** @param what the address is, with an example */
    public static SettingsCheck check(Settings settings, String what) {
        return checkTransport(settings, new SettingsCheck(settings).required(URL, what))
                .optional(TOKEN)
                .together(USER, PASSWORD);
    }

    /** As {@link #check}, but the source has its own credentials and its usual address. */
    public static SettingsCheck checkTransport(Settings settings, SettingsCheck check) {
        return check.address(URL)
                .file(CA, Certificates::trusting)
                .headers(HEADERS)
                .duration(TIMEOUT, LONGEST_TIMEOUT);
    }

    /** @return the address without a slash at its end */
    public String url() {
        return settings.required(URL).replaceAll("/+$", "");
    }

    public String url(String usual) {
        return settings.text(URL).orElse(usual).replaceAll("/+$", "");
    }

    /** With the credentials of these settings. */
    public Question question(String address) {
        var headers = new LinkedHashMap<String, String>();
        settings.text(TOKEN).ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        settings.text(USER).ifPresent(user -> headers.put("Authorization", "Basic " + basic(user)));
        return question(address, headers);
    }

    /** @param headers the source's own, all of them secret */
    public Question question(String address, Map<String, String> headers) {
        var all = new LinkedHashMap<String, String>();
        if (settings.values().get(HEADERS) instanceof Map<?, ?> own) {
            own.forEach((name, value) -> all.put(name.toString(), value.toString()));
        }
        all.putAll(headers);
        return new Question(
                URI.create(address),
                all,
                settings.duration(TIMEOUT, USUAL_TIMEOUT),
                settings.text(CA).map(Path::of).orElse(null),
                secrets(all));
    }

    /** @return {@code name=value&…}, encoded */
    public static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Set<String> secrets(Map<String, String> headers) {
        var secrets = new LinkedHashSet<String>();
        for (var value : headers.values()) {
            secrets.add(value);
            secrets.add(value.replaceFirst("^(Bearer|Basic|Token) ", ""));
        }
        settings.text(PASSWORD).ifPresent(secrets::add);
        return secrets;
    }

    private String basic(String user) {
        var credentials = user + ":" + settings.text(PASSWORD).orElse("");
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.slipway.prerelease.dependency;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which libraries talk to services of others. */
final class KnownServices {

    /** The library says of itself that there is a service behind it. */
    private static final Pattern SDK = Pattern.compile("(?:^|[-_./:@])(?:sdk|api[-_]client)(?:$|[-_./:])");

    private static final Pattern NO_SERVICE = Pattern.compile("opentelemetry|android|dotnet|net\\.sdk|build|wasm");
    private static final Pattern ORGANISATION = Pattern.compile("^github\\.com/[^/]+/");

    private final Map<String, String> services = new HashMap<>();

    /** @param words of each service's libraries, by the service's name */
    KnownServices(Map<String, List<String>> words) {
        words.forEach((service, ones) -> ones.forEach(word -> services.put(word.toLowerCase(Locale.ROOT), service)));
    }

    /** @return whose service it is; empty where the library is not known to talk to one */
    Optional<String> behind(String library) {
        var name = library.toLowerCase(Locale.ROOT);
        var own = ORGANISATION.matcher(name).replaceFirst("");
        for (var entry : services.entrySet()) {
            if (isWord(entry.getKey(), own) || (entry.getKey().contains(".") && isWord(entry.getKey(), name))) {
                return Optional.of(entry.getValue());
            }
        }
        return SDK.matcher(own).find() && !NO_SERVICE.matcher(own).find()
                ? Optional.of("a service of its own")
                : Optional.empty();
    }

    /** The word stands alone: nothing before it but a sign that ends a part, and none of its letters behind it. */
    private static boolean isWord(String word, String name) {
        var at = name.indexOf(word);
        if (at < 0) {
            return false;
        }
        var beginsPart = at == 0 || "/:.".indexOf(name.charAt(at - 1)) >= 0;
        var end = at + word.length();
        return beginsPart && (end == name.length() || "/:.-_".indexOf(name.charAt(end)) >= 0);
    }
}

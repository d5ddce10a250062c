package dev.slipway.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What visitors do. */
enum Endpoint {
    BROWSE("browse", Duration.ofMillis(4)),
    CHECKOUT("checkout", Duration.ofMillis(15)),
    SIGN_UP("sign-up", Duration.ofMillis(8));

    private final String word;
    private final Duration usual;

    Endpoint(String word, Duration usual) {
        this.word = word;
        this.usual = usual;
    }

    /** @return as in paths and labels */
    String word() {
        return word;
    }

    String path() {
        return "/" + word;
    }

    /** @return how long an answer usually takes, half as long to half as long again */
    Duration usual() {
        return usual;
    }

    static Optional<Endpoint> at(String path) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.path().equals(path))
                .findFirst();
    }
}

package dev.slipway.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A GET to a server.
 *
 * @param address       with the query
 * @param headers       sent along
 * @param timeout       of the whole exchange, above zero
 * @param caCertificate a PEM file with the only authorities whose certificates are accepted; null for the usual ones
 * @param secrets       what must not appear in any message, whoever wrote it
 */
public record Question(
        URI address, Map<String, String> headers, Duration timeout, Path caCertificate, Set<String> secrets) {

    public Question {
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
    }

    /** Shows neither headers nor secrets. */
    @Override
    public String toString() {
        return "Question to " + address.getHost();
    }
}

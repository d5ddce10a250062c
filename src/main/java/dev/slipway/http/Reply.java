package dev.slipway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered, whatever the status.
 *
 * @param json   the body; missing where it is none
 * @param reason the server's own words on why, without any secret; only of use where the status says that it won't
 */
public record Reply(int status, HttpHeaders headers, JsonNode json, String reason) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}

package dev.slipway.window;

import dev.slipway.http.Hmac;
import dev.slipway.release.ReleaseId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The addresses to which deployers report: each names its order and proves that this server gave it out. */
@Component
class ReportTokens {

    private static final int LONGEST = 500;
    /** What the signature is for, so that no other use of the secret gives the same one. */
    private static final String PURPOSE = "deployment-report:";

    private final HookSecrets secrets;
    private final URI baseUrl;

    ReportTokens(HookSecrets secrets, WindowProperties properties) {
        this.secrets = secrets;
        this.baseUrl = properties.baseUrl();
    }

    /** @param key idempotency key of an order */
    URI reportTo(String key) {
        var base = baseUrl.toString().replaceAll("/+$", "");
        return URI.create(base + "/hooks/deployments/" + token(key));
    }

    String token(String key) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(key.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(signature(key));
    }

    /** @return the order's key; empty where this server did not give the token out */
    Optional<String> key(String token) {
        if (token == null || token.length() > LONGEST) {
            return Optional.empty();
        }
        var dot = token.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        try {
            var decoder = Base64.getUrlDecoder();
            var key = new String(decoder.decode(token.substring(0, dot)), StandardCharsets.UTF_8);
            var signature = decoder.decode(token.substring(dot + 1));
            return MessageDigest.isEqual(signature, signature(key)) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** @param key of an order that this server gave */
    static ReleaseId release(String key) {
        return ReleaseId.of(key.substring(0, key.indexOf(':')));
    }

    private byte[] signature(String key) {
        return Hmac.sha256(secrets.secret(), PURPOSE + key);
    }
}

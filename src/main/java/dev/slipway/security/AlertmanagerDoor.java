package dev.slipway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets Alertmanager in, and nobody else: its token comes as a bearer credential or as the password of HTTP Basic, which
 * are the two ways that Alertmanager knows. Users of Slipway do not come in here; without a token the door is walled up.
 */
class AlertmanagerDoor extends OncePerRequestFilter {

    private final AlertmanagerProperties properties;
    private final Refusals refusals;

    AlertmanagerDoor(AlertmanagerProperties properties, Refusals refusals) {
        this.properties = properties;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!properties.isOn()) {
            refusals.hookOff(request, response);
        } else if (isToken(shown(request.getHeader(HttpHeaders.AUTHORIZATION)))) {
            chain.doFilter(request, response);
        } else {
            refusals.noToken(request, response);
        }
    }

    /** Takes as long for a wrong token as for the right one. */
    private boolean isToken(String shown) {
        return MessageDigest.isEqual(
                properties.token().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /** @return what is shown as the token; empty where nothing is */
    private static String shown(String header) {
        var blank = header == null ? -1 : header.indexOf(' ');
        if (blank < 0) {
            return "";
        }
        var credential = header.substring(blank + 1).strip();
        return switch (header.substring(0, blank).toLowerCase(Locale.ROOT)) {
            case "bearer" -> credential;
            case "basic" -> password(credential);
            default -> "";
        };
    }

    private static String password(String credential) {
        try {
            var pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return ""; // not Base64, so no password
        }
    }
}

package dev.slipway.security;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/** Who has logged in to the web apps. */
public interface WebAppSessions {

    /** @return the user's id; empty where nobody has logged in, or the user is gone since */
    Optional<String> userOf(HttpSession session);
}

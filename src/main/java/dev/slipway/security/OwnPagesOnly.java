package dev.slipway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites from using the password that a browser remembers for HTTP Basic. Programs send no
 * {@code Sec-Fetch-Site}; browsers always do, and pages can't change it.
 */
class OwnPagesOnly extends OncePerRequestFilter {

    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Refusals refusals;

    OwnPagesOnly(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site == null || OWN.contains(site) || CHANGE_NOTHING.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else {
            refusals.foreign(request, response);
        }
    }
}

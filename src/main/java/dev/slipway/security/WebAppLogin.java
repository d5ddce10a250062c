package dev.slipway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever has logged in to Tasklist or Cockpit is known on the pages and pictures that belong to them. Those are only
 * read: a forged request changes nothing with a session. A user name and password that are sent along count instead.
 */
class WebAppLogin extends OncePerRequestFilter {

    private final WebAppSessions sessions;
    private final Directory directory;
    private final RequestMatcher pages;

    WebAppLogin(WebAppSessions sessions, Directory directory, RequestMatcher pages) {
        this.sessions = sessions;
        this.directory = directory;
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session != null && request.getHeader(HttpHeaders.AUTHORIZATION) == null && pages.matches(request)) {
            sessions.userOf(session).ifPresent(this::isKnown);
        }
        chain.doFilter(request, response);
    }

    private void isKnown(String name) {
        var user = new CurrentUser(name, directory.groupsOf(name));
        var authorities =
                user.groups().stream().map(SimpleGrantedAuthority::new).toList();
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, authorities));
        SecurityContextHolder.setContext(context);
    }
}

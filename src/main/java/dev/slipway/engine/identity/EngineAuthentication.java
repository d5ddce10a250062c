package dev.slipway.engine.identity;

import dev.slipway.security.CurrentUser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine who is asking, for as long as the request lasts; without it the engine checks nothing. */
class EngineAuthentication extends OncePerRequestFilter {

    private final IdentityService identity;

    EngineAuthentication(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        try {
            if (authentication != null && authentication.getPrincipal() instanceof CurrentUser user) {
                identity.setAuthentication(user.name(), List.copyOf(user.groups()));
            }
            chain.doFilter(request, response);
        } finally {
            identity.clearAuthentication();
        }
    }

    @Configuration
    static class Registration {

        /** After Spring Security, before the servlets. */
        @Bean
        FilterRegistrationBean<EngineAuthentication> engineAuthentication(IdentityService identity) {
            var registration = new FilterRegistrationBean<>(new EngineAuthentication(identity));
            registration.addUrlPatterns("/engine-rest/*", "/api/*");
            registration.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
            return registration;
        }
    }
}

package dev.slipway.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What is open, and to whom. */
@Configuration
@EnableWebSecurity
@EnableConfigurationProperties(AlertmanagerProperties.class)
class WebSecurity {

    private static final RequestMatcher PAGES = new OrRequestMatcher(
            path(HttpMethod.GET, "/releases/*"),
            path(HttpMethod.GET, "/calendar"),
            path(HttpMethod.GET, "/calendar.ics"),
            path(HttpMethod.GET, "/api/v1/releases/*/charts/*"));

    /** The web apps have a login, a session and protection against forged requests of their own. */
    @Bean
    @Order(1)
    SecurityFilterChain webApps(HttpSecurity http) throws Exception {
        return http.securityMatcher(path("/camunda/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .frameOptions(FrameOptionsConfig::sameOrigin)
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** Alerts come in with a token of their own, which opens nothing else. */
    @Bean
    @Order(2)
    SecurityFilterChain alertmanager(HttpSecurity http, AlertmanagerProperties properties, Refusals refusals)
            throws Exception {
        return http.securityMatcher(new OrRequestMatcher(
                        path(HttpMethod.POST, "/hooks/alertmanager"),
                        path(HttpMethod.POST, "/api/v1/hooks/alertmanager")))
                .addFilterBefore(new AlertmanagerDoor(properties, refusals), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(WebSecurity::leavesTheWebAppsSessionAsItIs)
                .build();
    }

    /** Everything else: programs with HTTP Basic, no session. Pages and pictures also for those in the web apps. */
    @Bean
    @Order(3)
    SecurityFilterChain programs(
            HttpSecurity http, DirectoryLogin login, Refusals refusals, WebAppSessions sessions, Directory directory)
            throws Exception {
        return http.authenticationProvider(login)
                .authorizeHttpRequests(requests -> requests
                        // A second dispatch continues a request that has passed already.
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(path("/actuator/health/**"))
                        .permitAll()
                        // The token in the address is the credential.
                        .requestMatchers(
                                path(HttpMethod.POST, "/hooks/deployments/**"),
                                path(HttpMethod.POST, "/api/v1/hooks/deployments/**"))
                        .permitAll()
                        .requestMatchers(
                                path(HttpMethod.GET, "/"),
                                path(HttpMethod.GET, "/index.html"),
                                path(HttpMethod.GET, "/favicon.ico"),
                                path(HttpMethod.GET, "/assets/**"),
                                path(HttpMethod.GET, "/camunda-welcome/**"))
                        .permitAll()
                        .requestMatchers(path("/sandbox/**"))
                        .hasAnyAuthority(Authority.RELEASE_MANAGERS, Authority.ADMINS)
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new OwnPagesOnly(refusals), BasicAuthenticationFilter.class)
                .addFilterBefore(new WebAppLogin(sessions, directory, PAGES), BasicAuthenticationFilter.class)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(WebSecurity::leavesTheWebAppsSessionAsItIs)
                .headers(headers -> headers.frameOptions(FrameOptionsConfig::sameOrigin)
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /**
     * Nothing is kept in a session, so each request is a login of its own. A new session id at each login, as is usual
     * against session fixation, would log people out of the web apps, whose session a browser sends along; the web
     * apps renew it when somebody logs in there.
     */
    private static void leavesTheWebAppsSessionAsItIs(SessionManagementConfigurer<HttpSecurity> session) {
        session.sessionCreationPolicy(SessionCreationPolicy.STATELESS).sessionFixation(fixation -> fixation.none());
    }

    private static RequestMatcher path(String pattern) {
        return withDefaults().matcher(pattern);
    }

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return withDefaults().matcher(method, pattern);
    }
}

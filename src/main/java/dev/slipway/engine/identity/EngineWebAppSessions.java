package dev.slipway.engine.identity;

import dev.slipway.security.WebAppSessions;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.Authentication;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.springframework.stereotype.Component;

/** The login that the engine's web apps keep in the session. */
@Component
class EngineWebAppSessions implements WebAppSessions {

    private final IdentityService identity;
    private final ProcessEngine engine;

    EngineWebAppSessions(IdentityService identity, ProcessEngine engine) {
        this.identity = identity;
        this.engine = engine;
    }

    @Override
    public Optional<String> userOf(HttpSession session) {
        return Optional.ofNullable(AuthenticationUtil.getAuthsFromSession(session))
                .map(logins -> logins.getAuthenticationForProcessEngine(engine.getName()))
                .map(Authentication::getIdentityId)
                .filter(this::isStillThere);
    }

    private boolean isStillThere(String user) {
        return identity.createUserQuery().userId(user).count() > 0;
    }
}

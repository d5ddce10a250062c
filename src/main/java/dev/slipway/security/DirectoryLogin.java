package dev.slipway.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Lets in whom the directory knows. Group ids become authorities as they are. */
@Component
class DirectoryLogin implements AuthenticationProvider {

    private final Directory directory;

    DirectoryLogin(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var name = attempt.getName();
        var password =
                attempt.getCredentials() == null ? "" : attempt.getCredentials().toString();
        if (name.isBlank() || password.isEmpty() || !directory.matches(name, password)) {
            throw new BadCredentialsException("user name or password is wrong");
        }
        var user = new CurrentUser(name, directory.groupsOf(name));
        var authorities =
                user.groups().stream().map(SimpleGrantedAuthority::new).toList();
        return UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}

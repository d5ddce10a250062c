package dev.slipway.prerelease.git;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives the credentials to the one host they are for, and only where nobody can read along. */
final class HostCredentials extends CredentialsProvider {

    private final String host;
    private final Secrets secrets;

    HostCredentials(String host, Secrets secrets) {
        this.host = host;
        this.secrets = secrets;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (var item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        // A server that redirects elsewhere must not be able to send the token there.
        var token = secrets.token(host);
        if (token == null || !host.equals(uri.getHost()) || !("https".equals(uri.getScheme()) || isThisMachine())) {
            return false;
        }
        for (var item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(secrets.username(host));
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(token.toCharArray());
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean isThisMachine() {
        return host.equals("localhost") || host.equals("127.0.0.1");
    }
}

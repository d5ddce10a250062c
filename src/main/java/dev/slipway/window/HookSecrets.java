package dev.slipway.window;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The secret that addresses for deployers are signed with: the one that is set, or one generated once and kept. */
@Component
class HookSecrets {

    private static final int THE_ONE = 1;
    private static final int BYTES = 32;

    private final HookProperties properties;
    private final HookSecretRepository secrets;
    private final TransactionTemplate transaction;
    private volatile String kept;

    HookSecrets(HookProperties properties, HookSecretRepository secrets, PlatformTransactionManager transactions) {
        this.properties = properties;
        this.secrets = secrets;
        this.transaction = new TransactionTemplate(transactions);
        // Two nodes may generate at the same time; the loser must not spoil the step that needs the secret.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    String secret() {
        if (properties.secret() != null) {
            return properties.secret();
        }
        if (kept == null) {
            kept = stored();
        }
        return kept;
    }

    private String stored() {
        if (secrets.findById(THE_ONE).isEmpty()) {
            try {
                transaction.executeWithoutResult(status -> secrets.add(random()));
            } catch (DuplicateKeyException e) {
                // Another node was faster; its secret counts.
                return read();
            }
        }
        return read();
    }

    private String read() {
        return secrets.findById(THE_ONE)
                .orElseThrow(() -> new IllegalStateException("table hook_secret is empty"))
                .secret();
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

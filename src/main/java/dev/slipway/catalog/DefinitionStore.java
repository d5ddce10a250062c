package dev.slipway.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The texts that releases were opened with, each once. Texts hold placeholders, not what they stand for. */
@Repository
class DefinitionStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    DefinitionStore(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * @param service whose definition it is
     * @param text    as in the file
     */
    record Stored(String service, String text) {}

    /** @return the id of the text, the same for the same text */
    long keep(String service, String text) {
        var digest = digest(text);
        return find(service, digest).orElseGet(() -> {
            insert(service, digest, text);
            return find(service, digest).orElseThrow();
        });
    }

    Optional<Stored> find(long id) {
        return jdbc.sql("select service, text from service_definition where id = :id")
                .param("id", id)
                .query((row, number) -> new Stored(row.getString("service"), row.getString("text")))
                .optional();
    }

    private Optional<Long> find(String service, String digest) {
        return jdbc.sql("select id from service_definition where service = :service and digest = :digest")
                .param("service", service)
                .param("digest", digest)
                .query(Long.class)
                .optional();
    }

    /** In a transaction of its own: on PostgreSQL a duplicate would spoil the caller's. */
    private void insert(String service, String digest, String text) {
        try {
            ownTransaction.executeWithoutResult(status -> jdbc.sql("""
                            insert into service_definition (service, digest, text, pinned_at)
                            values (:service, :digest, :text, :at)""")
                    .param("service", service)
                    .param("digest", digest)
                    .param("text", text)
                    .param("at", OffsetDateTime.now(clock))
                    .update());
        } catch (DuplicateKeyException e) {
            // Another release of the service opened at the same time and kept the text first.
        }
    }

    private static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

package dev.slipway.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The last good copy of each calendar that is read from an address. Addresses are often secrets: their digest is kept. */
@Repository
class CalendarCopies {

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;

    /** In transactions of their own: a copy is good whatever becomes of the step that asked for it. */
    CalendarCopies(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    Optional<CalendarCopy> find(String place) {
        return jdbc.sql("select text, read_at from calendar_copy where digest = :digest")
                .param("digest", digest(place))
                .query((row, number) -> CalendarCopy.read(
                        place,
                        row.getString("text"),
                        row.getObject("read_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void keep(CalendarCopy copy) {
        try {
            ownTransaction.executeWithoutResult(status -> {
                if (change(copy) == 0) {
                    insert(copy);
                }
            });
        } catch (DuplicateKeyException e) {
            // Another node read it at the same moment and kept it first.
        }
    }

    /** The same calendar is still good: only its age changes. */
    void confirm(String place, Instant readAt) {
        ownTransaction.executeWithoutResult(
                status -> jdbc.sql("update calendar_copy set read_at = :at where digest = :digest and read_at < :at")
                        .param("at", at(readAt))
                        .param("digest", digest(place))
                        .update());
    }

    private int change(CalendarCopy copy) {
        return jdbc.sql("update calendar_copy set text = :text, read_at = :at where digest = :digest")
                .param("text", copy.text())
                .param("at", at(copy.readAt()))
                .param("digest", digest(copy.place()))
                .update();
    }

    private void insert(CalendarCopy copy) {
        jdbc.sql("insert into calendar_copy (digest, text, read_at) values (:digest, :text, :at)")
                .param("digest", digest(copy.place()))
                .param("text", copy.text())
                .param("at", at(copy.readAt()))
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String digest(String place) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

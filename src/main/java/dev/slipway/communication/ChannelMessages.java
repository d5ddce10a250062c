package dev.slipway.communication;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was said in channels outside. It is kept at once and whatever becomes of the step that said it, since what is
 * said outside can't be taken back.
 */
@Component
public class ChannelMessages {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ReleaseLink links;
    private final TransactionTemplate transaction;

    ChannelMessages(JdbcClient jdbc, Clock clock, ReleaseLink links, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.links = links;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Says it unless it was said.
     *
     * @param say says it and gives the link to it
     * @return the link, of now or of when it was said
     */
    public String once(Channel.Post post, Supplier<String> say) {
        return link(post.key()).orElseGet(() -> {
            var link = say.get();
            keep(post.key(), link);
            return link;
        });
    }

    /** @return the link to the release's thread; empty where none was opened yet */
    public Optional<String> thread(Channel.Post post) {
        return Optional.ofNullable(post.thread()).or(() -> link(openingKey(post.release())));
    }

    /** @return the key of what opens the release's thread */
    public static String openingKey(String release) {
        return release + ":open";
    }

    /** @return where people read the whole of what is said about the release */
    public String linkTo(String release) {
        return links.to(ReleaseId.of(release));
    }

    private Optional<String> link(String key) {
        return jdbc.sql("select link from channel_message where message_key = ?")
                .param(key)
                .query(String.class)
                .optional();
    }

    private void keep(String key, String link) {
        try {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("insert into channel_message (message_key, link, said_at) values (?, ?, ?)")
                            .params(key, link, clock.instant().atOffset(ZoneOffset.UTC))
                            .update());
        } catch (DuplicateKeyException e) {
            // Said by two nodes at the same moment; what was kept first stays.
        }
    }
}

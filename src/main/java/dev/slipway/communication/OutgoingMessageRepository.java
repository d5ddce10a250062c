package dev.slipway.communication;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Messages that wait to be said. */
interface OutgoingMessageRepository extends Repository<OutgoingMessage, Long> {

    /** Adds it unless it waits already. */
    @Modifying
    @Query("""
            insert into outgoing_message
                (message_key, release_number, team, thread, subject, text, written_at, tries, next_try_at)
            select :key, :release, :team, :thread, :subject, :text, :now, 0, :now
            where not exists (select 1 from outgoing_message where message_key = :key)""")
    void add(String key, long release, String team, String thread, String subject, String text, Instant now);

    @Query("select * from outgoing_message where next_try_at <= :now order by id limit :most")
    List<OutgoingMessage> due(Instant now, int most);

    /** @return 1 where the caller may try it, 0 where another node does */
    @Modifying
    @Query("""
            update outgoing_message set tries = tries + 1, next_try_at = :next
            where id = :id and tries = :tries""")
    int claim(long id, int tries, Instant next);

    @Modifying
    @Query("update outgoing_message set next_try_at = :next where id = :id")
    void tryAgain(long id, Instant next);

    @Modifying
    @Query("delete from outgoing_message where id = :id")
    void remove(long id);
}

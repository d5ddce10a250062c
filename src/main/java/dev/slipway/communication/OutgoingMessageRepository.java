package dev.slipway.communication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The outbox. */
interface OutgoingMessageRepository extends Repository<OutgoingMessage, Long> {

    /** @return 0 where a message of that key was written before */
    @Modifying
    @Query("""
            insert into outgoing_message
                (message_key, release_number, channel, team, subject, text, state, attempts, try_at, written_at)
            select :key, :release, :channel, :team, :subject, :text, 'WAITING', 0, cast(:at as timestamp with time zone),
                cast(:at as timestamp with time zone)
            where not exists (select 1 from outgoing_message where message_key = :key)""")
    int add(String key, long release, String channel, String team, String subject, String text, Instant at);

    Optional<OutgoingMessage> findById(long id);

    /**
     * @return what can be delivered now, oldest first. Messages of a release go in order; one that failed is got out of
     *     the way of those after it.
     */
    @Query("""
            select message.* from outgoing_message message
            where message.state = 'WAITING' and message.try_at <= :now
              and (message.claimed_until is null or message.claimed_until <= :now)
              and not exists (
                select 1 from outgoing_message earlier
                where earlier.release_number = message.release_number and earlier.id < message.id
                  and earlier.state = 'WAITING' and earlier.try_at <= :now)
            order by message.id limit :most""")
    List<OutgoingMessage> due(Instant now, int most);

    /** @return 1 where the caller may deliver it, 0 where somebody else does */
    @Modifying
    @Query("""
            update outgoing_message set claimed_until = :until, attempts = attempts + 1
            where id = :id and state = 'WAITING' and (claimed_until is null or claimed_until <= :now)""")
    int claim(long id, Instant now, Instant until);

    @Modifying
    @Query("""
            update outgoing_message set state = 'DELIVERED', delivered_at = :at, claimed_until = null, problem = null
            where id = :id""")
    void delivered(long id, Instant at);

    @Modifying
    @Query("""
            update outgoing_message set state = :state, try_at = :tryAt, claimed_until = null, problem = :problem
            where id = :id""")
    void failed(long id, String state, Instant tryAt, String problem);

    /** @return 0 where it is not dead */
    @Modifying
    @Query("""
            update outgoing_message set state = 'WAITING', attempts = 0, try_at = :now, claimed_until = null
            where id = :id and state = 'DEAD'""")
    int revive(long id, Instant now);

    @Query("select * from outgoing_message where state = :state order by id desc limit :most")
    List<OutgoingMessage> in(String state, int most);

    @Query("select count(*) from outgoing_message where state = :state")
    long countIn(String state);

    @Query("select link from release_thread where release_number = :release")
    Optional<String> thread(long release);

    /** A release has one thread, however often it is opened. */
    @Modifying
    @Query("""
            insert into release_thread (release_number, link) select :release, :link
            where not exists (select 1 from release_thread where release_number = :release)""")
    void keepThread(long release, String link);
}

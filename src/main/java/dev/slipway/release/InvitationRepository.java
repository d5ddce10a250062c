package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Invitations by the hash of their token. */
interface InvitationRepository extends Repository<Invitation, String> {

    Optional<Invitation> findById(String tokenHash);

    @Modifying
    @Query("""
            insert into invitation (token_hash, release_number, task, person, expires_at)
            values (:tokenHash, :release, :task, :person, :expiresAt)""")
    void add(String tokenHash, long release, String task, String person, Instant expiresAt);

    @Modifying
    @Query("update invitation set used_at = :at where token_hash = :tokenHash and used_at is null")
    int use(String tokenHash, Instant at);
}

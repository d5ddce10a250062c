package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface HoldRepository extends Repository<Hold, Long> {

    Hold save(Hold hold);

    Optional<Hold> findFirstByReleaseNumberAndLiftedAtIsNullOrderByIdDesc(long releaseNumber);

    @Modifying
    @Query(
            "update release_hold set lifted_by = :by, lifted_at = :at where release_number = :number and lifted_at is null")
    int lift(long number, String by, Instant at);
}

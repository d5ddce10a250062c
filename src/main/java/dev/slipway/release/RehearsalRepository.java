package dev.slipway.release;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Rehearsals are added and read, never changed. */
interface RehearsalRepository extends Repository<Rehearsal, Long> {

    Rehearsal save(Rehearsal rehearsal);

    Optional<Rehearsal> findFirstByServiceOrderByIdDesc(String service);

    Optional<Rehearsal> findFirstByServiceAndOutcomeOrderByIdDesc(String service, Rehearsal.Result outcome);
}

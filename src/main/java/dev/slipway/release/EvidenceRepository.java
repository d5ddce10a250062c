package dev.slipway.release;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Evidence is added and read, never changed. */
public interface EvidenceRepository extends Repository<Evidence, Long> {

    Evidence save(Evidence evidence);

    List<Evidence> findByReleaseNumberOrderById(long releaseNumber);
}

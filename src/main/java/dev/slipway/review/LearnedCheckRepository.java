package dev.slipway.review;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Added, never changed. */
interface LearnedCheckRepository extends Repository<LearnedCheck, Long> {

    LearnedCheck save(LearnedCheck check);

    List<LearnedCheck> findByServiceOrderById(String service);

    boolean existsByReleaseNumberAndText(long releaseNumber, String text);
}

package dev.slipway.release;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Append only. */
interface TimelineRepository extends Repository<TimelineEntry, Long> {

    TimelineEntry save(TimelineEntry entry);

    List<TimelineEntry> findByReleaseNumberOrderById(long releaseNumber);
}

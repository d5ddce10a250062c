package dev.slipway.window;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Checks are added and read, never changed. */
interface WindowCheckRepository extends Repository<WindowCheck, Long> {

    WindowCheck save(WindowCheck check);

    Optional<WindowCheck> findFirstByReleaseNumberOrderByIdDesc(long releaseNumber);
}

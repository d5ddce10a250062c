package dev.slipway.window;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Offers are added and read, never changed. */
interface WindowOfferRepository extends Repository<WindowOffer, Long> {

    WindowOffer save(WindowOffer offer);

    Optional<WindowOffer> findFirstByReleaseNumberOrderByIdDesc(long releaseNumber);
}

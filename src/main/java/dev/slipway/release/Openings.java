package dev.slipway.release;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** Opens a release once, however often it is asked for with the same key. */
@Service
public class Openings {

    private final ReleaseFlow flow;
    private final Releases releases;

    Openings(ReleaseFlow flow, Releases releases) {
        this.flow = flow;
        this.releases = releases;
    }

    /**
     * @param release the release
     * @param isNew   whether it was opened by this call
     */
    public record Opening(Release release, boolean isNew) {}

    /**
     * @throws Refusal.BadInput   where a field can't be accepted
     * @throws Refusal.NotAllowed where the requester may not open releases
     */
    public Opening open(ReleaseRequest request) {
        var known = known(request);
        if (known.isPresent()) {
            return new Opening(known.get(), false);
        }
        try {
            return new Opening(flow.open(request), true);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException failure) {
            // Two calls with one key at the same time: the second finds what the first has opened.
            return new Opening(known(request).orElseThrow(() -> failure), false);
        }
    }

    private Optional<Release> known(ReleaseRequest request) {
        return request.idempotencyKey() == null ? Optional.empty() : releases.opened(request.idempotencyKey());
    }
}

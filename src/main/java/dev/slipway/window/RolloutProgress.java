package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.List;
import org.springframework.stereotype.Service;

/** How far each part of a rollout has come, by what was ordered and reported; nobody outside is asked. */
@Service
public class RolloutProgress {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final DeploymentOrderRepository orders;
    private final DeploymentReportRepository reports;

    RolloutProgress(
            Releases releases,
            ServiceCatalog catalog,
            DeploymentOrderRepository orders,
            DeploymentReportRepository reports) {
        this.releases = releases;
        this.catalog = catalog;
        this.orders = orders;
        this.reports = reports;
    }

    /**
     * @param part  such as {@code worker in eu-west}; the service's name where it is rolled out as a whole
     * @param state a sentence's worth, such as {@code 25 % of traffic to 1.1.0}
     */
    public record Progress(String part, String state) {}

    /**
     * @return in the order of the rollout; at least one
     * @throws dev.slipway.release.Refusal.NotFound where there is no such release
     */
    public List<Progress> of(ReleaseId id) {
        var release = releases.get(id);
        var given = orders.findByReleaseNumberOrderById(id.number());
        return catalog.pinned(release.definitionId()).parts().stream()
                .map(part -> new Progress(
                        part.key() == null ? release.service() : part.inWords(),
                        state(
                                release,
                                given.stream()
                                        .filter(order -> Traffic.aim(order).equals(Aim.part(part.key())))
                                        .toList())))
                .toList();
    }

    private String state(Release release, List<DeploymentOrder> given) {
        if (given.isEmpty()) {
            return "nothing was ordered";
        }
        var last = given.get(given.size() - 1);
        var ordered = ordered(release, last);
        return switch (known(last)) {
            case SUCCEEDED -> ordered;
            case PENDING -> ordered + ": ordered, not reported yet";
            case FAILED -> ordered + ": failed";
        };
    }

    private DeploymentState known(DeploymentOrder order) {
        return order.answer() == DeploymentState.PENDING
                ? reports.findById(order.orderKey())
                        .map(DeploymentReport::state)
                        .orElse(DeploymentState.PENDING)
                : order.answer();
    }

    private static String ordered(Release release, DeploymentOrder order) {
        var what = Traffic.what(order);
        if (what.startsWith("rollback")) {
            return "all traffic back on "
                    + (release.servingVersion() == null ? "the version before" : release.servingVersion());
        }
        return what.startsWith("shift") && order.weight() != null
                ? Wording.percent(order.weight()) + " of traffic to " + release.version()
                : release.version() + " deployed, without traffic";
    }
}

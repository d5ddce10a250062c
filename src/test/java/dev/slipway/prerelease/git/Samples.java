package dev.slipway.prerelease.git;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A release and a service, with what these tests need and nothing else. */
public final class Samples {

    private Samples() {}

    public static Release release(String version, String serving, String from, String to) {
        return new Release(
                42L,
                "shop",
                version,
                "Shop",
                "ada",
                "ada",
                Phase.PRE_RELEASE,
                null,
                null,
                Instant.EPOCH,
                null,
                serving,
                from,
                to,
                null,
                false,
                null,
                null,
                null,
                null,
                1L,
                null,
                null,
                List.of());
    }

    public static ServiceDefinition service(ServiceDefinition.Repository repository) {
        return new ServiceDefinition(
                "shop",
                null,
                null,
                repository,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }
}

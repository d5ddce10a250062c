package dev.slipway.prerelease.git;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRelease;

/** A release and a service, with what these tests need and nothing else. */
public final class Samples {

    private Samples() {}

    public static Release release(String version, String serving, String from, String to) {
        return SampleRelease.of("shop", version)
                .ownedBy("ada", "ada")
                .after(serving)
                .revisions(from, to)
                .release();
    }

    public static ServiceDefinition service(ServiceDefinition.Repository repository) {
        return SampleService.called("shop").with(repository).definition();
    }
}

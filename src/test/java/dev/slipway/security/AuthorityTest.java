package dev.slipway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRelease;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {

    private final ServiceCatalog catalog = mock(ServiceCatalog.class);
    private final Authority authority = new Authority(catalog);

    AuthorityTest() {
        // checkout has groups of its own, search has none
        given(catalog.find("checkout"))
                .willReturn(Optional.of(service(new ServiceDefinition.Owner("team-checkout", "checkout-leads"))));
        given(catalog.find("search")).willReturn(Optional.of(service(new ServiceDefinition.Owner(null, null))));
        given(catalog.find("unknown")).willReturn(Optional.empty());
        given(catalog.pinned(1)).willReturn(service(new ServiceDefinition.Owner("team-checkout", "checkout-leads")));
        given(catalog.pinned(2)).willReturn(service(new ServiceDefinition.Owner(null, null)));
    }

    @ParameterizedTest(name = "{1} opens a release of {0}: {2}")
    @CsvSource({
        "search,   engineering,       true",
        "search,   product,           true",
        "search,   release-managers,  true",
        "search,   camunda-admin,     true",
        "search,   team-checkout,     false",
        "search,   release-authority, false",
        "search,   support,           false",
        "search,   process-designers, false",
        "checkout, team-checkout,     true",
        "checkout, engineering,       false",
        "checkout, product,           true",
        "checkout, release-managers,  true",
        "unknown,  engineering,       true",
        "unknown,  support,           false",
    })
    void who_opens_a_release(String service, String group, boolean allowed) {
        var refusal = catchThrowable(() -> authority.requireToOpen(new CurrentUser("x", Set.of(group)), service));

        assertThat(refusal == null).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{1} of {2} ends a release of {0}: {3}")
    @CsvSource({
        "search,   olga,  support,           true",
        "search,   paula, product,           false",
        "search,   adam,  release-authority, true",
        "search,   adam,  checkout-leads,    false",
        "search,   rita,  release-managers,  true",
        "search,   root,  camunda-admin,     true",
        "search,   erin,  engineering,       false",
        "search,   dirk,  process-designers, false",
        "checkout, lea,   checkout-leads,    true",
        "checkout, adam,  release-authority, false",
        "checkout, erin,  team-checkout,     false",
        "checkout, rita,  release-managers,  true",
    })
    void who_ends_a_release_early(String service, String name, String group, boolean allowed) {
        var user = new CurrentUser(name, Set.of(group));
        var release = release(service);

        var rollback = catchThrowable(() -> authority.requireToRollBack(user, release));
        var cancel = catchThrowable(() -> authority.requireToCancel(user, release));

        assertThat(rollback == null).isEqualTo(allowed);
        assertThat(cancel == null).isEqualTo(allowed);
        if (!allowed) {
            assertThat(rollback)
                    .isInstanceOf(Refusal.NotAllowed.class)
                    .hasMessageContaining(name + " may not roll back release REL-42")
                    .hasMessageContaining("Ask olga, who is in charge");
        }
    }

    /** In charge is olga; paula only asked for it. */
    private static Release release(String service) {
        return SampleRelease.of(service, "1.5.0")
                .ownedBy("olga", "paula")
                .in(Phase.OBSERVATION)
                .pinnedTo(service.equals("checkout") ? 1 : 2)
                .release();
    }

    private static ServiceDefinition service(ServiceDefinition.Owner owner) {
        return SampleService.called("any").with(owner).definition();
    }
}

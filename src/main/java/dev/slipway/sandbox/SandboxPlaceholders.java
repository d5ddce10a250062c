package dev.slipway.sandbox;

import dev.slipway.catalog.Placeholders;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** {@code ${sandbox.url}}: where the router listens, known only once it has its port. */
@Component
@Profile("sandbox")
class SandboxPlaceholders implements Placeholders {

    private final Storefront storefront;

    SandboxPlaceholders(Storefront storefront) {
        this.storefront = storefront;
    }

    @Override
    public Optional<String> value(String name) {
        return name.equals("sandbox.url") ? Optional.of(storefront.address().toString()) : Optional.empty();
    }
}

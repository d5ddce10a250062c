package dev.slipway.window;

import dev.slipway.catalog.Adapter;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The deployers that service definitions can name. */
@Component
class Deployers {

    private final List<Deployer> deployers;

    Deployers(List<Deployer> deployers) {
        this.deployers = deployers;
    }

    /** @throws IllegalStateException where no deployer has that name, naming those that exist */
    Deployer named(String name) {
        return deployers.stream()
                .filter(deployer -> deployer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no deployer " + name + "; there are: "
                        + deployers.stream().map(Adapter::name).sorted().collect(Collectors.joining(", "))
                        + ". Correct rollout.deployer in the service definition."));
    }
}

package dev.slipway.sandbox;

import dev.slipway.release.Refusal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The fault switch, and a look into the sandbox. */
@RestController
@RequestMapping("/sandbox")
@Profile("sandbox")
class SandboxController {

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    private final Storefront storefront;

    SandboxController(Storefront storefront) {
        this.storefront = storefront;
    }

    /**
     * @param kind      {@code errors}, {@code latency}, {@code conversion}, {@code queue} or {@code none}
     * @param intensity 0 to 1; may be left out for {@code none}
     */
    record FaultRequest(String kind, Double intensity) {}

    /**
     * @param url     the router's address
     * @param serving the version with most of the traffic
     * @param weights percentage by version
     * @param faults  by version
     * @param orders  what was asked of the deployer, oldest first
     */
    record View(
            String url,
            String serving,
            List<String> versions,
            Map<String, Double> weights,
            Map<String, Fault> faults,
            List<JournalEntry> orders) {}

    @GetMapping
    View look() {
        var state = storefront.state();
        return new View(
                storefront.address().toString(),
                state.traffic().serving(),
                state.traffic().versions(),
                state.traffic().weights(),
                state.faults(),
                state.orders());
    }

    @PutMapping("/faults/{version}")
    Fault setFault(@PathVariable String version, @RequestBody FaultRequest request) {
        if (!VERSION.matcher(version).matches()) {
            throw new Refusal.BadInput(
                    "version",
                    "version: \"%s\" is no version. Use at most 64 letters, digits, dots, dashes, plus signs or underscores."
                            .formatted(version));
        }
        var fault = Fault.of(request.kind(), request.intensity());
        storefront.setFault(version, fault);
        return fault;
    }
}

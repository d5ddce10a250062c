package dev.slipway.sandbox;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import java.util.function.Function;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Deploys versions of the storefront and moves its traffic. Needs no settings. */
@Component
@Profile("sandbox")
class SandboxDeployer implements Deployer {

    private final Storefront storefront;

    SandboxDeployer(Storefront storefront) {
        this.storefront = storefront;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    /** There is one storefront, and it has visitors: nothing can be rehearsed on it. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return true;
    }

    @Override
    public Answer deploy(Order order) {
        return carryOut(order, JournalEntry.Kind.DEPLOY, null, traffic -> traffic.deploy(order.version()));
    }

    @Override
    public Answer shift(Order order) {
        return carryOut(
                order,
                JournalEntry.Kind.SHIFT,
                order.weight(),
                traffic -> traffic.shift(order.version(), order.weight()));
    }

    @Override
    public Answer rollBack(Order order) {
        return carryOut(
                order,
                JournalEntry.Kind.ROLL_BACK,
                null,
                traffic -> traffic.rollBack(order.version(), order.servingVersion()));
    }

    @Override
    public State state(Order order) {
        return storefront.serves()
                ? new State.Serving(storefront.state().traffic().weightOf(order.version()))
                : new State.Unknown("The sandbox's router is not running.");
    }

    private Answer carryOut(Order order, JournalEntry.Kind kind, Double weight, Function<Traffic, Traffic.Move> move) {
        var entry = storefront.carryOut(order.key(), kind, order.version(), weight, move);
        return entry.done() ? new Answer.Done(entry.message()) : new Answer.Failed(entry.message());
    }
}

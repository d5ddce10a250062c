package dev.slipway.window.flagger;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.window.Deployer;
import dev.slipway.window.FlaggerGates;
import dev.slipway.window.FlaggerReport;
import dev.slipway.window.FlaggerReport.Stage;
import dev.slipway.window.FlaggerReports;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code flagger}: nothing is called. An order stays open until Flagger, which asks Slipway before each step,
 * has said that it is done; what serves is what Flagger said last. Settings: {@code namespace} (of the Canary, required),
 * {@code canary} (its name, default the service's).
 *
 * <p>Once Flagger has promoted the version, it knows no way back: the way back then fails, and a person takes it over.
 * There is no rehearsal, since a Canary knows one place only.
 */
@Component
class FlaggerDeployer implements Deployer {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final ObjectProvider<FlaggerReports> reports;

    /** @param reports looked up when they are needed: settings are also checked where there is no database */
    FlaggerDeployer(ObjectProvider<FlaggerReports> reports) {
        this.reports = reports;
    }

    @Override
    public String name() {
        return FlaggerGates.DEPLOYER;
    }

    @Override
    public List<String> problems(Settings settings) {
        return new SettingsCheck(settings)
                .required(FlaggerGates.NAMESPACE, "that of the Canary, such as shop")
                .matches(FlaggerGates.NAMESPACE, NAME, "the name of a namespace, such as shop")
                .matches(FlaggerGates.CANARY, NAME, "the name of a Canary, such as checkout")
                .problems();
    }

    /** Whatever it is called: there is no place for a rehearsal. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return true;
    }

    @Override
    public Answer deploy(Order order) {
        return outcome(order);
    }

    @Override
    public Answer shift(Order order) {
        return outcome(order);
    }

    @Override
    public Answer rollBack(Order order) {
        return outcome(order);
    }

    @Override
    public State state(Order order) {
        return report(order)
                .<State>map(report -> new State.Serving(report.weight()))
                .orElseGet(() -> new State.Unknown("Flagger has not asked whether it may begin"));
    }

    @Override
    public Answer outcome(Order order) {
        if (order.isRehearsal()) {
            return new Answer.Failed("Flagger has no place for a rehearsal. Take another deployer for it.");
        }
        if (order.component() != null || order.wave() != null) {
            return new Answer.Failed(
                    "Flagger leads one Canary of a service. Take components and waves out of rollout.");
        }
        var report = report(order);
        if (report.isEmpty()) {
            return new Answer.Pending("Flagger has not asked whether it may begin.");
        }
        var action = order.key().split(":")[1];
        return action.equals("rollback") ? back(report.get()) : forth(action, order, report.get());
    }

    private static Answer back(FlaggerReport report) {
        return switch (report.stage()) {
            case FAILED -> new Answer.Done("Flagger reports that all traffic is back.");
            case PROMOTED ->
                new Answer.Failed("Flagger has promoted the version and knows no way back any more. Give the workload"
                        + " the version that served before; Flagger rolls that out.");
            case STARTING, ANALYSING -> new Answer.Pending("Flagger is told when it asks by hook rollback.");
        };
    }

    private static Answer forth(String action, Order order, FlaggerReport report) {
        if (report.trouble() != null || report.stage() == Stage.FAILED) {
            return new Answer.Failed(
                    report.trouble() == null ? "Flagger has given all traffic back." : report.trouble());
        }
        var isDone = action.equals("deploy") ? report.stage() != Stage.STARTING : report.weight() >= order.weight();
        return isDone
                ? new Answer.Done(null)
                : new Answer.Pending("Flagger gives " + percent(report.weight()) + " so far.");
    }

    private static String percent(double weight) {
        return BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString() + " %";
    }

    private Optional<FlaggerReport> report(Order order) {
        return reports.getObject().of(order.release());
    }
}

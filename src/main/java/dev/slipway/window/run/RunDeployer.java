package dev.slipway.window.run;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.Call;
import dev.slipway.window.Deployer;
import dev.slipway.window.tool.Refused;
import dev.slipway.window.tool.Tool;
import dev.slipway.window.tool.ToolSettings;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A deployer that starts one run for each order and follows it. The run bears the order's key as its name, and that is
 * how it is found again: before a run is started the tool is asked for one of that name, so that an order that is given
 * again after a crash starts none. Where the start was not answered, the run is looked for some more times before the
 * failure is told, since a run shows up late.
 *
 * <p>Settings, besides those of {@link ToolSettings}: {@code ref} (branch or tag, default {@code main});
 * {@code environment} (default {@code production}), which the run is told as its target and which a rehearsal must name
 * another of; {@code queuedWithin} (1 min to 1 d, default 10 min), how long a run may wait to begin; {@code stateUrl} and
 * {@code stateToken}, see {@link #state}.
 *
 * <p>A run that succeeded is done; one that failed, was cancelled, timed out or was skipped has failed, with its link. One
 * that waits longer than {@code queuedWithin} is cancelled, so that it does not move traffic later, and has failed. The
 * way back first cancels what the release still has under way.
 */
public abstract class RunDeployer implements Deployer {

    private static final String REF = "ref";
    private static final String ENVIRONMENT = "environment";
    private static final String QUEUED_WITHIN = "queuedWithin";
    private static final String STATE_URL = "stateUrl";
    private static final String STATE_TOKEN = "stateToken";
    private static final String PRODUCTION = "production";
    private static final Duration USUAL_QUEUE = Duration.ofMinutes(10);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}");
    private static final Pattern FILLED_IN =
            Pattern.compile("\\{(service|version|servingVersion|target|component|wave)}");
    private static final int LOOKS_IN_DOUBT = 3;

    /** How long before now a run may have been started that an order is compared with. */
    protected static final Duration AS_LONG_AS = Duration.ofDays(7);

    private final Tool stateTool;
    private final Clock clock;
    private final Duration betweenLooks;

    /** @param betweenLooks how long after a start without an answer the run is looked for again */
    protected RunDeployer(Clock clock, Duration betweenLooks) {
        this.stateTool = new Tool("The address of stateUrl");
        this.clock = clock;
        this.betweenLooks = betweenLooks;
    }

    // What a tool brings

    /** @return runs of the order's release in the order's place, the order's own among them, oldest first */
    protected abstract List<Run> runs(Order order, ToolSettings settings) throws Refused;

    /** @return where people see the run; null where the tool did not say */
    protected abstract String start(String action, Order order, ToolSettings settings) throws Refused;

    protected abstract void cancel(Run run, ToolSettings settings) throws Refused;

    // Orders

    @Override
    public Answer deploy(Order order) {
        return carryOut("deploy", order);
    }

    @Override
    public Answer shift(Order order) {
        return carryOut("shift", order);
    }

    @Override
    public Answer rollBack(Order order) {
        return carryOut("rollback", order);
    }

    private Answer carryOut(String action, Order order) {
        var settings = new ToolSettings(order.settings());
        try {
            var runs = runs(order, settings);
            var own = own(runs, order);
            if (own.isPresent()) {
                return answer(own.get(), settings);
            }
            var aside = action.equals("rollback") ? cancelAll(runs, settings) : "";
            return started(action, order, settings, aside);
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    private Answer started(String action, Order order, ToolSettings settings, String aside) throws Refused {
        try {
            var link = start(action, order, settings);
            return new Answer.Pending(
                    "Run " + order.key() + " was started" + (link == null ? "." : ": " + link) + aside);
        } catch (UncheckedIOException e) {
            // It may have been started all the same, and shows up late: a second one is worse than some patience.
            for (var look = 0; look < LOOKS_IN_DOUBT; look++) {
                pause();
                var own = own(runs(order, settings), order);
                if (own.isPresent()) {
                    return answer(own.get(), settings);
                }
            }
            throw e;
        }
    }

    @Override
    public Answer outcome(Order order) {
        var settings = new ToolSettings(order.settings());
        try {
            var own = own(runs(order, settings), order);
            return own.isPresent()
                    ? answer(own.get(), settings)
                    : new Answer.Pending("There is no run with the name " + order.key() + " yet.");
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    /** Where there are two all the same, the first counts, so that the answer stays the same. */
    private static Optional<Run> own(List<Run> runs, Order order) {
        return runs.stream().filter(run -> run.name().equals(order.key())).findFirst();
    }

    private Answer answer(Run run, ToolSettings settings) {
        return switch (run.stage()) {
            case SUCCEEDED -> new Answer.Done("The run succeeded: " + run.link());
            case FAILED -> new Answer.Failed("the run ended as " + run.words() + ": " + run.link());
            case RUNNING -> new Answer.Pending("The run is under way: " + run.link());
            case QUEUED ->
                isQueuedTooLong(run, settings)
                        ? giveUp(run, settings)
                        : new Answer.Pending("The run has not begun yet (" + run.words() + "): " + run.link());
        };
    }

    private boolean isQueuedTooLong(Run run, ToolSettings settings) {
        return run.begun().plus(queuedWithin(settings)).isBefore(clock.instant());
    }

    private Answer giveUp(Run run, ToolSettings settings) {
        var waited = "the run had not begun within " + queuedWithin(settings) + " (" + run.words() + ")";
        try {
            cancel(run, settings);
            return new Answer.Failed(waited + " and was cancelled: " + run.link());
        } catch (Refused e) {
            // It may have begun or ended in the meantime; the next question shows.
            return e.status() == 409
                    ? new Answer.Pending("The run could not be cancelled, it is looked at again: " + run.link())
                    : new Answer.Failed(waited + " and could not be cancelled. Cancel it by hand: " + run.link() + " ("
                            + e.getMessage() + ")");
        }
    }

    /**
     * A shift that ends after the way back would undo it. The way back begins whether they can be cancelled or not.
     *
     * @return what people should know of it; empty where nothing was left
     */
    private String cancelAll(List<Run> runs, ToolSettings settings) {
        var aside = new StringBuilder();
        for (var run : runs) {
            if (run.stage().isUnfinished()) {
                try {
                    cancel(run, settings);
                    aside.append(" Cancelled before: ").append(run.link());
                } catch (Refused e) {
                    aside.append(" Not cancelled: ")
                            .append(run.link())
                            .append(" (")
                            .append(e.getMessage())
                            .append(")");
                }
            }
        }
        return aside.toString();
    }

    private static Duration queuedWithin(ToolSettings settings) {
        return settings.settings().duration(QUEUED_WITHIN, USUAL_QUEUE);
    }

    private void pause() {
        try {
            Thread.sleep(betweenLooks.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("was interrupted while a run was looked for", e);
        }
    }

    // State

    /**
     * What a run did long ago is no proof of what serves now. Where {@code stateUrl} is set, it is asked: an address that
     * answers with JSON and {@code weight}, the percentage of the version; {@code {service}}, {@code {version}},
     * {@code {servingVersion}}, {@code {target}}, {@code {component}} and {@code {wave}} in it are filled in. Without it the state is unknown, and nobody but a
     * person can say that the old version serves again.
     */
    @Override
    public State state(Order order) {
        var settings = new ToolSettings(order.settings());
        var template = settings.settings().text(STATE_URL);
        if (template.isEmpty()) {
            return new State.Unknown("runs do not tell what serves; set stateUrl");
        }
        var token = settings.settings().text(STATE_TOKEN);
        var headers =
                token.map(text -> Map.of("Authorization", "Bearer " + text)).orElse(Map.of());
        try {
            var address = filledIn(template.get(), order);
            var weight = stateTool
                    .ask(Call.get(settings.question(address, headers, token.orElse(settings.token()))))
                    .path("weight");
            return weight.isNumber() && weight.doubleValue() >= 0 && weight.doubleValue() <= 100
                    ? new State.Serving(weight.doubleValue())
                    : new State.Unknown("the answer of stateUrl has no weight from 0 to 100");
        } catch (Refused e) {
            return new State.Unknown(e.getMessage());
        }
    }

    private static String filledIn(String template, Order order) {
        var filled = template;
        for (var value : Map.of(
                        "service", order.service(),
                        "version", order.version(),
                        "servingVersion", orEmpty(order.servingVersion()),
                        "target", target(order),
                        "component", orEmpty(order.component()),
                        "wave", orEmpty(order.wave()))
                .entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", ToolSettings.encoded(value.getValue()));
        }
        return filled;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    // Settings

    /** @return a check of the settings that all tools share */
    protected static SettingsCheck check(Settings settings, String token) {
        var check = ToolSettings.check(settings, token)
                .optional(REF, STATE_TOKEN)
                .matches(ENVIRONMENT, NAME, "the name of an environment, such as staging")
                .duration(QUEUED_WITHIN, Duration.ofMinutes(1), Duration.ofDays(1))
                .optional(STATE_URL);
        settings.text(STATE_URL)
                .ifPresent(template ->
                        check.address(STATE_URL, FILLED_IN.matcher(template).replaceAll("x")));
        return check;
    }

    @Override
    public boolean tellsPartsApart() {
        return true;
    }

    /** Whatever it is started from: what is told one environment acts on one environment. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return environment(one).equalsIgnoreCase(environment(other));
    }

    protected static String ref(ToolSettings settings) {
        return settings.settings().text(REF).orElse("main");
    }

    private static String environment(Settings settings) {
        return settings.text(ENVIRONMENT).orElse(PRODUCTION).strip();
    }

    private static String target(Order order) {
        return environment(order.settings());
    }

    // What a run is told

    /**
     * @return {@code action, version, serving_version, weight, key, target}, all of them texts; {@code component} and
     *     {@code wave} where there are any, since a tool may refuse inputs that it does not know
     */
    protected static Map<String, String> told(String action, Order order) {
        var told = new LinkedHashMap<String, String>();
        told.put("action", action);
        told.put("version", order.version());
        told.put("serving_version", orEmpty(order.servingVersion()));
        told.put(
                "weight",
                BigDecimal.valueOf(order.weight()).stripTrailingZeros().toPlainString());
        told.put("key", order.key());
        told.put("target", target(order));
        if (order.component() != null) {
            told.put("component", order.component());
        }
        if (order.wave() != null) {
            told.put("wave", order.wave());
        }
        return told;
    }

    /** @return whether a run of that name is the release's, in the place and the part of the order */
    protected static boolean isOfRelease(String name, Order order) {
        var apart = Stream.of("rehearsal", "part")
                .map(what -> order.release() + ":" + what + ":")
                .toList();
        return apart.stream()
                .filter(prefix -> order.key().startsWith(prefix))
                .findFirst()
                .map(prefix ->
                        name.startsWith(order.key().substring(0, order.key().indexOf(':', prefix.length()) + 1)))
                .orElseGet(() ->
                        name.startsWith(order.release() + ":") && apart.stream().noneMatch(name::startsWith));
    }
}

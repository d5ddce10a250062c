package dev.slipway.window.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code command}: a program for every order, of those that the operator allows, without a shell.
 *
 * <p>Settings: {@code executable}, one of {@code slipway.command.allowed}, required; {@code deploy}, {@code shift},
 * {@code rollback}, {@code state}, lists of at most 100 arguments, required, in which {@code $version},
 * {@code $servingVersion}, {@code $weight}, {@code $service}, {@code $key}, {@code $release}, {@code $component}, {@code $wave} and {@code $target} are
 * replaced; {@code environment}, variables of {@code slipway.command.environment}; {@code refused}, exit codes 1 to 125,
 * default all; {@code pending}, an exit code, default none; {@code timeout} 1 s to 45 s, default 30 s;
 * {@code stateTimeout} 1 s to 5 s, default 5 s.
 *
 * <p>Exit code 0 is done; one of {@code refused} a refusal; {@code pending} says that the program's successor reports to
 * {@code SLIPWAY_REPORT_TO}; 75 (EX_TEMPFAIL), any other, an end by a signal and no end in time, upon which the program
 * is killed with its children, are technical failures. A placeholder that stands for nothing, has a control character in
 * it, or would make an option of an argument is a refusal, and nothing is run. Before a shift and a way back the state is
 * asked for: what is so already is not ordered again.
 */
@Component
class CommandDeployer implements Deployer {

    /** EX_TEMPFAIL of sysexits.h. */
    static final int NOT_NOW = 75;

    private static final String STATE = "state";
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,10})?)\\s?%?");
    private static final double ALL = 100;
    /** Shorter values would turn up in a message by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final CommandProperties allowed;
    private final ObjectMapper json;

    CommandDeployer(CommandProperties allowed, ObjectMapper json) {
        this.allowed = allowed;
        this.json = json;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public List<String> problems(Settings settings) {
        return CommandSettings.problems(settings, allowed);
    }

    @Override
    public boolean tellsPartsApart() {
        return true;
    }

    /** Where a program leads to, only it knows: other arguments or another environment are taken for another place. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return CommandSettings.isSamePlace(one, other);
    }

    @Override
    public Answer deploy(Order order) {
        return carryOut("deploy", order);
    }

    @Override
    public Answer shift(Order order) {
        return has(order, order.weight()) ? new Answer.Done(null) : carryOut("shift", order);
    }

    @Override
    public Answer rollBack(Order order) {
        return has(order, 0) ? new Answer.Done(null) : carryOut("rollback", order);
    }

    @Override
    public State state(Order order) {
        try {
            var ended = run(STATE, order);
            if (ended.exitCode() != 0) {
                return new State.Unknown("the command ended with exit code " + ended.exitCode() + said(ended, order));
            }
            return ended.output().isCut()
                    ? new State.Unknown("the command wrote too much")
                    : serving(ended.output().text().strip());
        } catch (Refused e) {
            return new State.Unknown(e.getMessage());
        }
    }

    /** The way back must not depend on a question, so one that fails counts as a no. */
    private boolean has(Order order, double weight) {
        try {
            return state(order) instanceof State.Serving serving && serving.weight() == weight;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private State serving(String text) {
        var matcher = PERCENT.matcher(text);
        var weight = matcher.matches() ? Double.parseDouble(matcher.group(1)) : weight(text);
        return weight >= 0 && weight <= ALL
                ? new State.Serving(weight)
                : new State.Unknown("the command wrote no percentage from 0 to 100");
    }

    /** @return negative where there is none */
    private double weight(String text) {
        try {
            JsonNode weight = json.readTree(text).path("weight");
            return weight.isNumber() ? weight.doubleValue() : -1;
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    private Answer carryOut(String action, Order order) {
        try {
            var ended = run(action, order);
            var settings = CommandSettings.of(order.settings(), allowed);
            if (ended.exitCode() == 0) {
                return new Answer.Done(words(ended, order));
            }
            if (settings.isPending(ended.exitCode())) {
                return new Answer.Pending(words(ended, order));
            }
            if (settings.isRefusal(ended.exitCode())) {
                return new Answer.Failed("the command ended with exit code " + ended.exitCode() + said(ended, order));
            }
            throw technical(action, "ended with exit code " + ended.exitCode() + said(ended, order), null);
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    /**
     * @throws Refused              where the order can't be put into arguments
     * @throws UncheckedIOException where the program can't be started, does not end in time, or says: not now
     */
    private Run.Ended run(String action, Order order) {
        var settings = CommandSettings.of(order.settings(), allowed);
        var command = new ArrayList<String>();
        command.add(settings.executable());
        command.addAll(Arguments.of(settings.arguments(action), order));
        Run.Ended ended;
        try {
            ended = Run.of(command, environment(action, order, settings), settings.timeout(action));
        } catch (IOException e) {
            // The message of Java names the program and never its arguments.
            throw technical(action, "can't be run: " + e.getMessage(), e);
        }
        if (!ended.inTime()) {
            throw technical(
                    action,
                    "did not end within " + settings.timeout(action) + " and was killed" + said(ended, order),
                    null);
        }
        if (ended.exitCode() == NOT_NOW) {
            throw technical(action, "said that it can't do it now" + said(ended, order), null);
        }
        return ended;
    }

    private static Map<String, String> environment(String action, Order order, CommandSettings settings) {
        var environment = new LinkedHashMap<>(settings.environment());
        environment.put("SLIPWAY_ACTION", action);
        environment.put("SLIPWAY_IDEMPOTENCY_KEY", order.key());
        if (order.reportTo() != null) {
            environment.put("SLIPWAY_REPORT_TO", order.reportTo().toString());
        }
        if (order.isRehearsal()) {
            environment.put("SLIPWAY_TARGET", order.target());
        }
        if (order.component() != null) {
            environment.put("SLIPWAY_COMPONENT", order.component());
        }
        if (order.wave() != null) {
            environment.put("SLIPWAY_WAVE", order.wave());
        }
        return environment;
    }

    private static String said(Run.Ended ended, Order order) {
        var words = words(ended, order);
        return words == null ? "" : ": " + words;
    }

    /** @return what the program said last, without what it was given in confidence; null where it said nothing */
    private static String words(Run.Ended ended, Order order) {
        var secrets = new ArrayList<>(
                new CommandSettings(order.settings()).environment().values());
        if (order.reportTo() != null) {
            secrets.add(order.reportTo().toString());
        }
        // The longest first, so that one that is part of another leaves nothing of it.
        var words = ended.lastWords(secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
        return words.isEmpty() ? null : words;
    }

    private static UncheckedIOException technical(String action, String what, IOException cause) {
        var message = "The command for " + action + " " + what + ".";
        return new UncheckedIOException(message, new IOException(message, cause));
    }
}

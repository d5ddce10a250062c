package dev.slipway.window.command;

import dev.slipway.catalog.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The settings of a service, of which {@link #problems} has found none. */
record CommandSettings(Settings settings) {

    private static final String EXECUTABLE = "executable";
    private static final String ENVIRONMENT = "environment";
    private static final String REFUSED = "refused";
    private static final String PENDING = "pending";
    private static final String TIMEOUT = "timeout";
    private static final String STATE_TIMEOUT = "stateTimeout";
    private static final List<String> ACTIONS = List.of("deploy", "shift", "rollback", "state");
    private static final Set<String> KNOWN = Set.of(
            EXECUTABLE, ENVIRONMENT, REFUSED, PENDING, TIMEOUT, STATE_TIMEOUT, "deploy", "shift", "rollback", "state");

    /** Those that are Slipway's to give. */
    private static final String OURS = "SLIPWAY_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern EXIT_CODE = Pattern.compile("[1-9]\\d{0,2}");
    private static final int LAST_EXIT_CODE = 125;
    private static final int MOST_ARGUMENTS = 100;
    private static final int MOST_CHARACTERS = 10_000;

    /** The engine waits a minute for a job, which asks for the state twice and then acts. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(45);

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_STATE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException naming what is wrong */
    static CommandSettings of(Settings settings, CommandProperties allowed) {
        // What the operator allowed when the file was read may be forbidden by now.
        var problems = problems(settings, allowed);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new CommandSettings(settings);
    }

    String executable() {
        return settings.required(EXECUTABLE);
    }

    List<String> arguments(String action) {
        return texts(settings.values().get(action));
    }

    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        map(settings).forEach((name, value) -> environment.put(name, value.toString()));
        return environment;
    }

    /** @return whether that exit code is a refusal: one of those stated, or any where none is */
    boolean isRefusal(int exitCode) {
        var stated = settings.values().get(REFUSED);
        return stated == null ? exitCode <= LAST_EXIT_CODE : texts(stated).contains(String.valueOf(exitCode));
    }

    boolean isPending(int exitCode) {
        return settings.text(PENDING).filter(String.valueOf(exitCode)::equals).isPresent();
    }

    Duration timeout(String action) {
        return action.equals("state")
                ? settings.duration(STATE_TIMEOUT, LONGEST_STATE_TIMEOUT)
                : settings.duration(TIMEOUT, USUAL_TIMEOUT);
    }

    static List<String> problems(Settings settings, CommandProperties allowed) {
        var problems = new ArrayList<String>();
        settings.values().keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> problems.add(name + " is not a setting of command; there are "
                        + String.join(", ", KNOWN.stream().sorted().toList())));
        problems.addAll(problemsOfExecutable(settings, allowed));
        for (var action : ACTIONS) {
            problems.addAll(problemsOfAction(settings, action));
        }
        problems.addAll(problemsOfEnvironment(settings, allowed));
        problems.addAll(problemsOfExitCodes(settings));
        problems.addAll(problemsOfTimeout(settings, TIMEOUT, USUAL_TIMEOUT, LONGEST_TIMEOUT));
        problems.addAll(problemsOfTimeout(settings, STATE_TIMEOUT, LONGEST_STATE_TIMEOUT, LONGEST_STATE_TIMEOUT));
        return problems;
    }

    /** @return whether they run the same program with the same arguments and environment */
    static boolean isSamePlace(Settings one, Settings other) {
        return one.text(EXECUTABLE).equals(other.text(EXECUTABLE))
                && map(one).equals(map(other))
                && ACTIONS.stream()
                        .allMatch(action -> texts(one.values().get(action))
                                .equals(texts(other.values().get(action))));
    }

    private static List<String> problemsOfExecutable(Settings settings, CommandProperties allowed) {
        var executable = settings.text(EXECUTABLE);
        if (executable.isEmpty()) {
            return List.of("executable is missing: the absolute path of a program in slipway.command.allowed");
        }
        // Compared as written: a way around through .. or a link would be another program some day.
        if (!allowed.allowed().contains(executable.get())) {
            return List.of("executable: " + executable.get()
                    + " is not allowed here; the operator lists it in slipway.command.allowed");
        }
        return List.of();
    }

    private static List<String> problemsOfAction(Settings settings, String action) {
        if (!settings.values().containsKey(action)) {
            return List.of(action + " is missing: a list of arguments, such as [" + action + ", \"$version\"]");
        }
        if (!(settings.values().get(action) instanceof List<?>)) {
            return List.of(action + ": must be a list of arguments, such as [" + action + ", \"$version\"]");
        }
        var arguments = texts(settings.values().get(action));
        if (arguments.size() > MOST_ARGUMENTS
                || arguments.stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
            return List.of(action + ": must be at most " + MOST_ARGUMENTS + " arguments with " + MOST_CHARACTERS
                    + " characters in all");
        }
        var problem = Arguments.problem(arguments);
        return problem == null ? List.of() : List.of(action + ": " + problem);
    }

    private static List<String> problemsOfEnvironment(Settings settings, CommandProperties allowed) {
        if (settings.values().containsKey(ENVIRONMENT) && !(settings.values().get(ENVIRONMENT) instanceof Map<?, ?>)) {
            return List.of("environment: must be names with values, such as {REGION: eu-1}");
        }
        var problems = new ArrayList<String>();
        map(settings).forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || name.startsWith(OURS)) {
                problems.add(
                        "environment: " + name + " is not the name of a variable, or one that is Slipway's to set");
            } else if (!allowed.environment().contains(name)) {
                problems.add("environment: " + name
                        + " is not allowed here; the operator lists it in slipway.command.environment");
            } else if (value.toString().indexOf('\0') >= 0) {
                problems.add("environment: " + name + " has a NUL in it");
            }
        });
        return problems;
    }

    private static List<String> problemsOfExitCodes(Settings settings) {
        var problems = new ArrayList<String>();
        var codes = new HashSet<String>();
        for (var name : List.of(REFUSED, PENDING)) {
            for (var code : texts(settings.values().get(name))) {
                if (!EXIT_CODE.matcher(code).matches()
                        || Integer.parseInt(code) > LAST_EXIT_CODE
                        || Integer.parseInt(code) == CommandDeployer.NOT_NOW
                        || !codes.add(code)) {
                    problems.add(name + ": " + code + " is not an exit code from 1 to " + LAST_EXIT_CODE
                            + ", each once, without " + CommandDeployer.NOT_NOW);
                }
            }
        }
        if (texts(settings.values().get(PENDING)).size() > 1) {
            problems.add("pending: must be one exit code");
        }
        return problems;
    }

    private static List<String> problemsOfTimeout(Settings settings, String name, Duration usual, Duration longest) {
        try {
            var timeout = settings.duration(name, usual);
            return timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(longest) > 0
                    ? List.of(name + ": " + timeout + " is not between " + SHORTEST_TIMEOUT + " and " + longest)
                    : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> texts(Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(value.toString());
    }

    private static Map<String, Object> map(Settings settings) {
        var map = new LinkedHashMap<String, Object>();
        if (settings.values().get(ENVIRONMENT) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> map.put(key.toString(), value));
        }
        return map;
    }
}

package dev.slipway.command;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** All commands, and the decision whether one is asked for. */
public final class Commands {

    private static final List<Command> ALL =
            List.of(new CheckService(), new CollectScope(), new ReviewMigrations(), new JudgeReplay());

    private static final Set<String> HELP = Set.of("--help", "-h", "help");

    private Commands() {}

    /**
     * Runs the command that the first argument names.
     *
     * @return the exit code; empty where the server is to be started: there is no argument, or the first is an option
     */
    public static OptionalInt run(String[] args, PrintStream out, PrintStream err) {
        if (args.length == 0) {
            return OptionalInt.empty();
        }
        var first = args[0];
        if (HELP.contains(first)) {
            out.print(usage());
            return OptionalInt.of(Command.FINE);
        }
        if (first.startsWith("-")) {
            return OptionalInt.empty();
        }
        for (var command : ALL) {
            if (command.name().equals(first)) {
                var rest = Arrays.asList(args).subList(1, args.length);
                if (rest.stream().anyMatch(HELP::contains)) {
                    out.println(usage(command));
                    return OptionalInt.of(Command.FINE);
                }
                return OptionalInt.of(command.run(rest, out, err));
            }
        }
        err.println("There is no command " + first + ".");
        err.print(usage());
        return OptionalInt.of(Command.BAD_INPUT);
    }

    static String usage(Command command) {
        return "Usage: java -jar slipway.jar " + command.name() + " " + command.usage();
    }

    private static String usage() {
        var text = new StringBuilder("""
                Usage: java -jar slipway.jar [--setting=value …]   starts the server
                       java -jar slipway.jar COMMAND …             does one thing and ends:
                """);
        for (var command : ALL) {
            text.append("  %s %s%n      %s%n".formatted(command.name(), command.usage(), command.purpose()));
        }
        return text.append("Exit code: 0 fine, 1 findings, 2 bad input.\n").toString();
    }
}

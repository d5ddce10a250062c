package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.FileProblem;
import dev.slipway.catalog.ServiceFileCheck;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code check-service}: validates service definitions, one problem a line. */
final class CheckService implements Command {

    private static final String JSON = "--json";

    @Override
    public String name() {
        return "check-service";
    }

    @Override
    public String usage() {
        return "FILE… [--json]";
    }

    @Override
    public String purpose() {
        return "validates service definitions, with file and line for each problem";
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) {
        var names = args.stream().filter(argument -> !argument.equals(JSON)).toList();
        if (names.isEmpty()) {
            err.println("No file is named. " + Commands.usage(this));
            return BAD_INPUT;
        }
        var bad = names.stream().filter(name -> complain(name, err)).count();
        if (bad > 0) {
            return BAD_INPUT;
        }
        var problems = new ServiceFileCheck(AdaptersOnThePath.find())
                .check(names.stream().map(Path::of).toList());
        print(problems, args.contains(JSON), out);
        return problems.isEmpty() ? FINE : FINDINGS;
    }

    private boolean complain(String name, PrintStream err) {
        if (name.startsWith("-")) {
            err.println("There is no option " + name + ". " + Commands.usage(this));
            return true;
        }
        if (!Files.isRegularFile(Path.of(name))) {
            err.println("There is no file " + name + ".");
            return true;
        }
        return false;
    }

    private static void print(List<FileProblem> problems, boolean json, PrintStream out) {
        if (!json) {
            problems.forEach(out::println);
            return;
        }
        try {
            out.println(new ObjectMapper().writeValueAsString(problems));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is four plain values", e);
        }
    }
}

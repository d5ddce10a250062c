package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.dependency.DependencyFinder;
import dev.slipway.prerelease.dependency.RuleBook;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.Revisions;
import dev.slipway.prerelease.scope.ScopeReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code collect-scope}: what Slipway would find about a release in its repository, without a service file. */
final class CollectScope implements Command {

    private static final String JSON = "--json";
    private static final List<String> REQUIRED = List.of("--repository", "--from", "--to");

    @Override
    public String name() {
        return "collect-scope";
    }

    @Override
    public String usage() {
        return "--repository DIR --from REV --to REV [--json]";
    }

    @Override
    public String purpose() {
        return "tells what a release holds and what it needs outside, from its repository";
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) {
        var options = new HashMap<String, String>();
        var wrong = wrong(args, options);
        if (wrong != null) {
            err.println(wrong + " " + Commands.usage(this));
            return BAD_INPUT;
        }
        try {
            return collect(options, args.contains(JSON), out);
        } catch (CollectorBroke e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        }
    }

    private static String wrong(List<String> args, Map<String, String> options) {
        for (int i = 0; i < args.size(); i++) {
            var option = args.get(i);
            if (option.equals(JSON)) {
                continue;
            }
            if (!REQUIRED.contains(option)) {
                return "There is no option " + option + ".";
            }
            if (i + 1 == args.size() || args.get(i + 1).startsWith("--")) {
                return option + " has no value.";
            }
            if (options.put(option, args.get(++i)) != null) {
                return option + " is given twice.";
            }
        }
        return REQUIRED.stream()
                .filter(option -> !options.containsKey(option))
                .findFirst()
                .map(option -> option + " is missing.")
                .orElse(null);
    }

    private static int collect(Map<String, String> options, boolean json, PrintStream out) {
        // Nothing is fetched here, so that nothing is ever written.
        var access = new RepositoryAccess(Path.of("data", "git"), Duration.ofMinutes(1), Map.of());
        try (var repository = access.local(options.get("--repository"));
                var walk = new RevWalk(repository.jgit())) {
            var range = new Revisions(repository, null).range(options.get("--from"), options.get("--to"), walk);
            var scope = new ScopeReader(repository, null).scope(range, walk);
            var found = new DependencyFinder(repository, RuleBook.with(List.of())).find(range);
            var report = new ScopeReport(scope, found);
            print(report, json, out);
            return report.asks() ? FINDINGS : FINE;
        }
    }

    private static void print(ScopeReport report, boolean json, PrintStream out) {
        if (!json) {
            out.print(report.text());
            return;
        }
        try {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report is plain values", e);
        }
    }
}

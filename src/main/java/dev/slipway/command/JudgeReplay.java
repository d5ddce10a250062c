package dev.slipway.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.observation.replay.Recordings;
import dev.slipway.observation.replay.Replay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code judge-replay}: what the judge would have said about recorded releases, and when. */
final class JudgeReplay implements Command {

    private static final double USUAL_ALPHA = 0.05;

    private record Asked(Path folder, Path out, double alpha, boolean json) {}

    @Override
    public String name() {
        return "judge-replay";
    }

    @Override
    public String usage() {
        return "DIR --out FILE [--alpha 0.05] [--json]";
    }

    @Override
    public String purpose() {
        return "judges recorded releases look by look and writes verdict and time of decision for each";
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) {
        var written = new LinkedHashMap<String, Map<String, Object>>();
        var counts = new EnumMap<Recordings.Kind, Map<Verdict, Integer>>(Recordings.Kind.class);
        try {
            var asked = asked(args);
            var replay = new Replay(asked.alpha());
            new Recordings(asked.folder()).each(recording -> {
                var decision = replay.judge(recording);
                var kind = recording.kind().name().toLowerCase(Locale.ROOT);
                written.computeIfAbsent(kind, first -> new LinkedHashMap<>()).put(recording.id(), entry(decision));
                counts.computeIfAbsent(recording.kind(), first -> new EnumMap<>(Verdict.class))
                        .merge(decision.verdict().verdict(), 1, Integer::sum);
            });
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(asked.out().toFile(), written);
            if (asked.json()) {
                out.println(new ObjectMapper().writeValueAsString(counts));
            } else {
                counts.forEach((kind, verdicts) ->
                        out.println(kind.name().toLowerCase(Locale.ROOT) + ": " + inWords(verdicts)));
            }
            return FINE;
        } catch (BadInput | Recordings.BadRecording e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        } catch (IOException e) {
            err.println("The verdicts could not be written: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private static Map<String, Object> entry(Replay.Decision decision) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("verdict", decision.verdict().verdict());
        entry.put("at_sample", decision.look());
        entry.put("reason", decision.verdict().reason());
        return entry;
    }

    private static String inWords(Map<Verdict, Integer> verdicts) {
        return verdicts.getOrDefault(Verdict.PASS, 0) + " PASS, " + verdicts.getOrDefault(Verdict.FAIL, 0) + " FAIL, "
                + verdicts.getOrDefault(Verdict.INCONCLUSIVE, 0) + " INCONCLUSIVE";
    }

    private Asked asked(List<String> args) {
        Path folder = null;
        Path out = null;
        var alpha = USUAL_ALPHA;
        var json = false;
        for (var i = 0; i < args.size(); i++) {
            var argument = args.get(i);
            switch (argument) {
                case "--json" -> json = true;
                case "--out" -> out = Path.of(value(args, ++i, argument));
                case "--alpha" -> alpha = alpha(value(args, ++i, argument));
                default -> {
                    if (argument.startsWith("-") || folder != null) {
                        throw new BadInput("What is " + argument + "? " + Commands.usage(this));
                    }
                    folder = Path.of(argument);
                }
            }
        }
        if (folder == null || out == null) {
            throw new BadInput(Commands.usage(this));
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInput(folder + " is not a folder.");
        }
        return new Asked(folder, out, alpha, json);
    }

    private static String value(List<String> args, int index, String option) {
        if (index >= args.size()) {
            throw new BadInput(option + " needs a value after it.");
        }
        return args.get(index);
    }

    private static double alpha(String text) {
        try {
            var alpha = Double.parseDouble(text);
            if (alpha > 0 && alpha < 1) {
                return alpha;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadInput("--alpha " + text + " does not lie between 0 and 1.");
    }

    private static final class BadInput extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadInput(String message) {
            super(message);
        }
    }
}

package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.prerelease.migration.ChangedFile;
import dev.slipway.prerelease.migration.Dialect;
import dev.slipway.prerelease.migration.ReviewedStatement;
import dev.slipway.prerelease.migration.Reviewer;
import dev.slipway.prerelease.migration.RuleFinding;
import dev.slipway.prerelease.migration.ServerVersion;
import dev.slipway.prerelease.migration.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code review-migrations}: which statements of migrations are safe under traffic, one finding a line. */
final class ReviewMigrations implements Command {

    /** Bytes of one file; a migration that is longer is no migration. */
    private static final long LARGEST = 16L << 20;

    @Override
    public String name() {
        return "review-migrations";
    }

    @Override
    public String usage() {
        return "--dialect postgresql|mysql FILE… [--server-version 14] [--json]";
    }

    @Override
    public String purpose() {
        return "reviews migrations for rolling deployment: locks, data that is lost, and a safe way instead";
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) {
        List<ChangedFile> files;
        Asked asked;
        try {
            asked = asked(args);
            files = new ArrayList<>();
            for (var name : asked.names()) {
                files.add(new ChangedFile(name, text(name)));
            }
        } catch (BadInput e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        }
        var result = new Reviewer(asked.dialect(), asked.version()).review(files);
        result.skipped().forEach(err::println);
        if (asked.json()) {
            printJson(result.statements(), out);
        } else {
            result.statements().forEach(statement -> print(statement, out));
        }
        var fine = result.statements().stream().allMatch(statement -> statement.verdict() == Verdict.SAFE);
        return fine ? FINE : FINDINGS;
    }

    // What is asked for

    private record Asked(Dialect dialect, ServerVersion version, boolean json, List<String> names) {}

    private Asked asked(List<String> args) {
        Dialect dialect = null;
        ServerVersion version = null;
        var json = false;
        var names = new ArrayList<String>();
        for (var i = 0; i < args.size(); i++) {
            var argument = args.get(i);
            var option = argument.startsWith("--") ? argument.split("=", 2)[0] : argument;
            if (option.equals("--dialect") || option.equals("--server-version")) {
                var inside = argument.contains("=");
                if (!inside && i + 1 == args.size()) {
                    throw new BadInput("There is nothing after " + option + ". " + Commands.usage(this));
                }
                var value = inside ? argument.split("=", 2)[1] : args.get(++i);
                if (option.equals("--dialect")) {
                    dialect = dialect(value);
                } else {
                    version = version(value);
                }
            } else if (argument.equals("--json")) {
                json = true;
            } else if (argument.startsWith("-")) {
                throw new BadInput("There is no option " + argument + ". " + Commands.usage(this));
            } else {
                names.add(argument);
            }
        }
        if (dialect == null) {
            throw new BadInput("No dialect is named. " + Commands.usage(this));
        }
        if (names.isEmpty()) {
            throw new BadInput("No file is named. " + Commands.usage(this));
        }
        return new Asked(dialect, version == null ? dialect.usualVersion() : version, json, names);
    }

    private static Dialect dialect(String word) {
        return Dialect.of(word)
                .orElseThrow(() -> new BadInput("There is no dialect " + word + ": it is postgresql or mysql."));
    }

    private static ServerVersion version(String text) {
        try {
            return ServerVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage());
        }
    }

    private static String text(String name) {
        var path = Path.of(name);
        if (!Files.isRegularFile(path)) {
            throw new BadInput("There is no file " + name + ".");
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw new BadInput(name + " is larger than " + (LARGEST >> 20) + " MB.");
            }
            // What is no UTF-8 stands in comments and literals, and does not keep the rest from being read.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (IOException e) {
            throw new BadInput(name + " can't be read: " + e.getMessage());
        }
    }

    private static final class BadInput extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadInput(String message) {
            super(message);
        }
    }

    // What is answered

    private static void print(ReviewedStatement statement, PrintStream out) {
        for (var finding : statement.findings()) {
            if (finding.verdict() != Verdict.SAFE) {
                out.println("%s:%d: %s %s: lock %s, blocks %s, %s. %s Instead: %s"
                        .formatted(
                                statement.file(),
                                statement.line(),
                                finding.verdict(),
                                finding.rule(),
                                finding.lock(),
                                finding.blocks(),
                                finding.reversible() ? "reversible" : "not reversible",
                                finding.why(),
                                oneLine(finding.alternative())));
            }
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\n\\s*", " ");
    }

    private static void printJson(List<ReviewedStatement> statements, PrintStream out) {
        try {
            out.println(new ObjectMapper()
                    .writeValueAsString(
                            statements.stream().map(ReviewMigrations::entry).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An entry is texts, numbers and lists of them", e);
        }
    }

    private static Map<String, Object> entry(ReviewedStatement statement) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("file", statement.file());
        entry.put("line", statement.line());
        entry.put("statement", statement.statement());
        entry.put("rule", statement.rule());
        entry.put("verdict", statement.verdict());
        entry.put("reversible", statement.reversible());
        var gravest = statement.gravest();
        if (gravest != null) {
            entry.put("lock", gravest.lock());
            entry.put("blocks", gravest.blocks());
            entry.put("why", gravest.why());
            entry.put("alternative", gravest.alternative());
            entry.put("link", gravest.link());
        }
        entry.put(
                "findings",
                statement.findings().stream().map(ReviewMigrations::finding).toList());
        return entry;
    }

    private static Map<String, Object> finding(RuleFinding finding) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("rule", finding.rule());
        entry.put(
                "verdict",
                finding.verdict() == Verdict.SAFE ? "NOTE" : finding.verdict().name());
        entry.put("lock", finding.lock());
        entry.put("blocks", finding.blocks());
        entry.put("reversible", finding.reversible());
        entry.put("why", finding.why());
        entry.put("alternative", finding.alternative());
        entry.put("link", finding.link());
        return entry;
    }
}

package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.catalog.DependencyRules;
import dev.slipway.catalog.Glob;
import dev.slipway.catalog.SafePattern;
import dev.slipway.catalog.ServiceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * All rules: those that come with Slipway, in {@code dependency-rules.yaml}, and those of a service. How they are worded
 * is in {@code dependency-words.yaml}.
 */
public final class RuleBook {

    private static final String RULES = "dependency-rules.yaml";
    private static final String WORDS = "dependency-words.yaml";
    private static final List<PathKind> LESS_THAN_PRODUCTION =
            List.of(PathKind.GENERATED, PathKind.TESTS, PathKind.DOCUMENTATION);

    /** Migrations that undo another are not run by a release. */
    private static final List<Glob> BACKWARDS = List.of(Glob.of("**/*.down.sql"), Glob.of("**/U*__*.sql"));

    private final List<DependencyRule> rules;
    /** The same paths are asked for in both versions and in every search. */
    private final Map<String, List<DependencyRule>> known = new ConcurrentHashMap<>();

    private final Map<PathKind, List<Glob>> paths;
    private final Map<String, Map<String, Object>> wording;
    private final KnownServices services;
    private final Map<DependencyRule.Kind, SafePattern> ignored;

    private RuleBook(
            List<DependencyRule> rules,
            Map<PathKind, List<Glob>> paths,
            Map<String, Map<String, Object>> wording,
            KnownServices services,
            Map<DependencyRule.Kind, SafePattern> ignored) {
        this.rules = List.copyOf(rules);
        this.paths = paths;
        this.wording = wording;
        this.services = services;
        this.ignored = ignored;
    }

    /** @return Slipway's rules and those of the service, whose glob for migrations stands in place of the known layouts */
    public static RuleBook of(ServiceDefinition.Repository repository) {
        var book = with(repository.rules());
        if (repository.migrations() == null) {
            return book;
        }
        var rules = new ArrayList<DependencyRule>();
        rules.add(migrations(Glob.of(repository.migrations())));
        book.rules.stream()
                .filter(rule -> rule.kind() != DependencyRule.Kind.MIGRATION)
                .forEach(rules::add);
        rules.addAll(repository.rules());
        return new RuleBook(rules.stream().distinct().toList(), book.paths, book.wording, book.services, book.ignored);
    }

    private static DependencyRule migrations(Glob files) {
        return new DependencyRule(
                "repository.migrations",
                DependencyRule.Kind.MIGRATION,
                List.of(files),
                BACKWARDS,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                DependencyRule.Edits.FORBIDDEN,
                "The migration {name}",
                null,
                null,
                null);
    }

    /** @param own further rules of a service; may be empty */
    public static RuleBook with(List<DependencyRule> own) {
        var rules = new ArrayList<>(DependencyRules.read(RULES, text(RULES)));
        rules.addAll(own);
        Map<String, Map<String, Map<String, Object>>> kinds = words("kinds");
        Map<String, Map<String, List<String>>> lists = words("paths", "services");
        return new RuleBook(
                rules,
                paths(lists.get("paths")),
                kinds.get("kinds"),
                new KnownServices(lists.get("services")),
                ignored(RuleBook.<Map<String, String>>words("ignored").get("ignored")));
    }

    private static Map<DependencyRule.Kind, SafePattern> ignored(Map<String, String> patterns) {
        var ignored = new EnumMap<DependencyRule.Kind, SafePattern>(DependencyRule.Kind.class);
        for (var kind : DependencyRule.Kind.values()) {
            if (patterns.containsKey(kind.written())) {
                ignored.put(kind, SafePattern.of(patterns.get(kind.written())));
            }
        }
        return ignored;
    }

    /** @return the parts of the file of words under these keys */
    private static <T> Map<String, T> words(String... keys) {
        Map<String, T> all = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(WORDS));
        all.keySet().retainAll(List.of(keys));
        return all;
    }

    private static String text(String name) {
        try (InputStream file = RuleBook.class.getResourceAsStream("/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<PathKind, List<Glob>> paths(Map<String, List<String>> globs) {
        var paths = new EnumMap<PathKind, List<Glob>>(PathKind.class);
        for (var kind : LESS_THAN_PRODUCTION) {
            paths.put(
                    kind,
                    globs.get(kind.name().toLowerCase(Locale.ROOT)).stream()
                            .map(Glob::of)
                            .toList());
        }
        return paths;
    }

    List<DependencyRule> rules() {
        return rules;
    }

    List<DependencyRule> rulesFor(String path) {
        return known.computeIfAbsent(
                path, any -> rules.stream().filter(rule -> rule.appliesTo(path)).toList());
    }

    PathKind pathKind(String path) {
        for (var kind : LESS_THAN_PRODUCTION) {
            if (paths.get(kind).stream().anyMatch(glob -> glob.matches(path))) {
                return kind;
            }
        }
        return PathKind.PRODUCTION;
    }

    /** @return whether the name says nothing about the service, such as {@code PATH} or {@code localhost} */
    boolean saysNothing(Use use) {
        var pattern = ignored.get(use.rule().kind());
        return pattern != null && pattern.in(use.name()).matches();
    }

    Optional<String> serviceBehind(String library) {
        return services.behind(library);
    }

    /** @return what is done with a dependency, such as {@code read} */
    String verb(DependencyRule rule) {
        return rule.verb() != null ? rule.verb() : usualVerb(rule.kind());
    }

    String usualVerb(DependencyRule.Kind kind) {
        return (String) wording.get(kind.written()).get("verb");
    }

    /** @param part {@code what}, {@code why} or {@code question} */
    String text(DependencyRule.Kind kind, Change change, String part) {
        return (String) ((Map<?, ?>) wording.get(kind.written()).get(change.written())).get(part);
    }
}

package dev.slipway.prerelease.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Statements with the verdict that their source gives reason for, from {@code migration-corpus/}. */
final class Corpus {

    private Corpus() {}

    /** @param expected one verdict for each statement of the SQL */
    record Case(String source, Dialect dialect, ServerVersion version, String sql, List<Verdict> expected) {

        List<Verdict> actual() {
            return new Reviewer(dialect, version)
                    .review(List.of(new ChangedFile("case.sql", sql))).statements().stream()
                            .map(ReviewedStatement::verdict)
                            .toList();
        }
    }

    static List<Case> read(String file) {
        try (var stream = Corpus.class.getResourceAsStream("/migration-corpus/" + file)) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
            var dialect = Dialect.of(root.get("dialect").toString()).orElseThrow();
            var cases = new ArrayList<Case>();
            for (var source : (List<?>) root.get("sources")) {
                var about = (Map<?, ?>) source;
                for (var one : (List<?>) about.get("cases")) {
                    cases.add(read((List<?>) one, about.get("source").toString(), dialect));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(List<?> one, String source, Dialect dialect) {
        var expected = new ArrayList<Verdict>();
        for (var word : one.get(0).toString().split(" ")) {
            expected.add(Verdict.valueOf(word));
        }
        var version = one.size() > 2 ? ServerVersion.of(one.get(2).toString()) : dialect.usualVersion();
        return new Case(source, dialect, version, one.get(1).toString(), expected);
    }
}

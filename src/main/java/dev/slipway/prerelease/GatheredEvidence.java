package dev.slipway.prerelease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the collectors found about a release: kept with its age, the latest of each counts. */
@Component
class GatheredEvidence {

    /** The name under {@code deadlines} in a service file that says how long evidence stays fresh. */
    static final String TIME_TO_LIVE = "evidence";

    private static final Duration USUAL_TIME_TO_LIVE = Duration.ofHours(12);
    private static final int LONGEST = 2_000;
    private static final int LONGEST_TEXT = 4_000;
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private final GatheredRepository repository;
    private final Timeline timeline;
    private final ObjectMapper json;
    private final Clock clock;

    GatheredEvidence(GatheredRepository repository, Timeline timeline, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.timeline = timeline;
        this.json = json;
        this.clock = clock;
    }

    Optional<Gathered> latest(ReleaseId release, String collector) {
        return repository.findFirstByReleaseNumberAndCollectorOrderByIdDesc(release.number(), collector);
    }

    /** @return names of the collectors that have looked at this release */
    List<String> collectors(ReleaseId release) {
        return repository.collectors(release.number());
    }

    boolean isFresh(Gathered gathered) {
        return !gathered.isBroken() && clock.instant().isBefore(gathered.staleAt());
    }

    /** @return empty where the collector has not looked or broke */
    Map<String, Object> facts(ReleaseId release, String collector) {
        return latest(release, collector)
                .filter(gathered -> !gathered.isBroken())
                .map(gathered -> read(gathered.facts()))
                .orElse(Map.of());
    }

    void keep(ReleaseId release, ServiceDefinition definition, String collector, Collected collected) {
        var facts = write(new TreeMap<>(collected.facts()));
        keep(
                release,
                definition,
                collector,
                Gathered.Outcome.FOUND,
                collected.summary(),
                facts,
                collected.findings().stream().map(GatheredEvidence::cut).toList());
    }

    void keepBroken(ReleaseId release, ServiceDefinition definition, String collector, String why) {
        keep(release, definition, collector, Gathered.Outcome.BROKE, why, "{}", List.of());
    }

    private void keep(
            ReleaseId release,
            ServiceDefinition definition,
            String collector,
            Gathered.Outcome outcome,
            String summary,
            String facts,
            List<Finding> findings) {
        var now = clock.instant();
        var digest = digest(outcome, findings, facts);
        var before = latest(release, collector);
        repository.save(new Gathered(
                null,
                release.number(),
                collector,
                outcome,
                cut(summary, LONGEST_TEXT),
                facts,
                digest,
                now,
                staleAt(now, definition),
                findings));
        if (before.filter(earlier -> earlier.digest().equals(digest)).isEmpty()) {
            timeline.record(
                    release,
                    Actor.machine(collector),
                    outcome == Gathered.Outcome.BROKE
                            ? "Could not look: " + summary + " Nothing is known from it."
                            : (before.isPresent() ? "Changed: " : "") + summary,
                    findings.isEmpty()
                            ? null
                            : findings.stream().map(GatheredEvidence::line).collect(Collectors.joining("\n")));
        }
    }

    /** @return whether the check was last asked or confirmed on just this, and from now on it is */
    boolean rebase(ReleaseId release, String task, String digest) {
        var before = repository.basis(release.number(), task);
        if (before.isEmpty()) {
            repository.addBasis(release.number(), task, digest);
        } else {
            repository.changeBasis(release.number(), task, digest);
        }
        return before.filter(digest::equals).isPresent();
    }

    private static Instant staleAt(Instant now, ServiceDefinition definition) {
        return now.plus(definition.deadlines().getOrDefault(TIME_TO_LIVE, USUAL_TIME_TO_LIVE));
    }

    /** Ages change by themselves, lines move, and what asks nothing of anyone may be said anew; none of it is news. */
    private String digest(Gathered.Outcome outcome, List<Finding> findings, String facts) {
        var lasting = new TreeMap<>(read(facts));
        lasting.keySet().removeIf(name -> name.endsWith("AgeDays"));
        var told = findings.stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .map(finding -> finding.kind() + "|" + finding.severity() + "|" + finding.file() + "|" + finding.what())
                .sorted()
                .collect(Collectors.joining("\n"));
        return sha256(outcome + "\n" + write(lasting) + "\n" + told);
    }

    private static String line(Finding finding) {
        return "- " + finding.severity() + " " + finding.kind()
                + (finding.file() == null ? "" : " in " + finding.place()) + ": " + finding.what();
    }

    private static Finding cut(Finding finding) {
        return new Finding(
                cut(finding.kind(), 100),
                finding.severity(),
                cut(finding.file(), 1_000),
                finding.line(),
                cut(finding.what(), LONGEST),
                finding.why() == null ? "" : cut(finding.why(), LONGEST),
                cut(finding.question(), LONGEST),
                cut(finding.advice(), LONGEST_TEXT),
                cut(finding.link(), LONGEST));
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private Map<String, Object> read(String facts) {
        try {
            return json.readValue(facts, FACTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Facts are written by Slipway itself", e);
        }
    }

    private String write(Map<String, Object> facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Facts are plain values", e);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

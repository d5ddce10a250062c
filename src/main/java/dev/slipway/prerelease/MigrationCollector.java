package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.dependency.ChangedMigrations;
import dev.slipway.prerelease.dependency.MigrationFile;
import dev.slipway.prerelease.migration.ChangedFile;
import dev.slipway.prerelease.migration.Dialect;
import dev.slipway.prerelease.migration.MigrationReview;
import dev.slipway.prerelease.migration.ServerVersion;
import dev.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** PRE-6: reads every migration that the release brings, for the database that the service names. */
@Component
class MigrationCollector implements Collector {

    private final ChangedMigrations changed;
    private final MigrationReview review = new MigrationReview();

    MigrationCollector(ChangedMigrations changed) {
        this.changed = changed;
    }

    @Override
    public String name() {
        return MigrationReview.NAME;
    }

    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return changed.isPossible(release, definition);
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        var files = changed.of(release, definition);
        if (!files.isEmpty() && definition.database() == null) {
            return unread(files);
        }
        var brought = files.stream().filter(file -> !file.deleted()).toList();
        var reviewed = review(brought, definition);
        var findings = new ArrayList<Finding>();
        files.stream()
                .filter(MigrationFile::edited)
                .map(MigrationCollector::edited)
                .forEach(findings::add);
        findings.addAll(reviewed.findings());
        return new Collected(reviewed.summary(), findings, reviewed.facts());
    }

    private Collected review(List<MigrationFile> files, ServiceDefinition definition) {
        var changedFiles = files.stream()
                .map(file -> new ChangedFile(file.path(), file.text()))
                .toList();
        var database = definition.database();
        var dialect = database == null
                ? Dialect.POSTGRESQL
                : Dialect.of(database.dialect()).orElseThrow();
        return review.of(
                changedFiles,
                dialect,
                database == null || database.version() == null
                        ? dialect.usualVersion()
                        : ServerVersion.of(database.version()));
    }

    private static Collected unread(List<MigrationFile> files) {
        var findings = files.stream()
                .map(file -> new Finding(
                        "unread-migration",
                        Finding.Severity.ASK,
                        file.path(),
                        null,
                        "A migration that nobody has read.",
                        "The service file does not say for which database it is (database.dialect).",
                        "Is it safe while the old and the new version serve, and can it be undone?",
                        null,
                        null))
                .toList();
        return new Collected(
                files.size() + " migrations, not read: the service file names no database.dialect.",
                findings,
                Map.of("migrationCount", files.size(), "migrationVerdict", "UNPARSED"));
    }

    private static Finding edited(MigrationFile file) {
        return new Finding(
                "edited-migration",
                Finding.Severity.ASK,
                file.path(),
                null,
                file.deleted()
                        ? "A migration of an earlier release was deleted."
                        : "A migration of an earlier release was changed.",
                "Where it has run already it is not run again, and tools refuse a checksum that differs.",
                "Has it run anywhere that matters? Then write a new migration instead.",
                null,
                null);
    }
}

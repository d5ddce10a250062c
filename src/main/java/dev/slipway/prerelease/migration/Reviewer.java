package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;

/** Reviews migration files of any known layout, in the order in which they run. Holds nothing between two reviews. */
public final class Reviewer {

    private final Dialect dialect;
    private final SqlReview review;

    public Reviewer(Dialect dialect, ServerVersion version) {
        this.dialect = dialect;
        this.review = new SqlReview(dialect, version);
    }

    /**
     * @param statements one entry for every statement, in order
     * @param skipped    files of which nothing runs in a release, each with the reason: {@code 1_x.down.sql: …}
     */
    public record Result(List<ReviewedStatement> statements, List<String> skipped) {

        public Result {
            statements = List.copyOf(statements);
            skipped = List.copyOf(skipped);
        }
    }

    /** @param files in the order in which they run; what cannot be read is told as {@link Verdict#UNPARSED} */
    public Result review(List<ChangedFile> files) {
        var around = new Surroundings();
        var statements = new ArrayList<ReviewedStatement>();
        var skipped = new ArrayList<String>();
        var series = false;
        for (var file : files) {
            var migration = Migrations.read(file.path(), file.text(), dialect);
            if (migration.skipped() != null) {
                skipped.add(file.path() + ": " + migration.skipped());
                continue;
            }
            var first = true;
            for (var piece : migration.pieces()) {
                if (first || !migration.together()) {
                    around.nextFile(piece.transaction(), !first || (series && migration.series()));
                }
                statements.addAll(review.review(file.path(), piece, around));
                first = false;
            }
            series = migration.series();
        }
        return new Result(statements, skipped);
    }
}

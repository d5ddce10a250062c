package dev.slipway.catalog;

import dev.slipway.release.Release;
import dev.slipway.release.RollbackPlan;
import dev.slipway.release.RollbackStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One file of {@code services/}: everything that Slipway is told about a service. Durations are never negative.
 *
 * @param service       the service's name
 * @param owner         who answers for it
 * @param onCall        who is on call
 * @param repository    where its sources are; may be null
 * @param database      what its migrations run on; may be null
 * @param rollout       how a version reaches its users
 * @param rollback      how it goes back, and where that is rehearsed; may be null
 * @param observation   how long and how often it is judged
 * @param metrics       what it is judged by
 * @param alerts        what follows from alerts, first match first; may be empty
 * @param signals       what follows from problem reports
 * @param related       services that are not to be released while this one is, and the other way round; may be empty
 * @param windows       when it may be released
 * @param communication who is told, and where
 * @param tests         what the tests must reach
 * @param groups        the service's own group in place of each of Slipway's, by Slipway's name
 * @param deadlines     the service's own deadline in place of the diagram's, by task id
 * @param settings      settings of adapters, by adapter name
 */
public record ServiceDefinition(
        String service,
        Owner owner,
        OnCall onCall,
        Repository repository,
        Database database,
        Rollout rollout,
        Rollback rollback,
        Observation observation,
        List<Metric> metrics,
        List<AlertRule> alerts,
        Signals signals,
        List<String> related,
        Windows windows,
        Communication communication,
        Tests tests,
        Map<String, String> groups,
        Map<String, Duration> deadlines,
        Map<String, Settings> settings) {

    /**
     * @param group            the team, in place of {@code engineering}
     * @param releaseAuthority the group that may decide, in place of {@code release-authority}
     */
    public record Owner(String group, String releaseAuthority) {}

    /**
     * @param calendar an iCalendar file or URL; may be null
     * @param people   user ids; may be empty
     */
    public record OnCall(String calendar, List<String> people) {}

    /**
     * @param path       a local repository; may be null
     * @param url        a remote repository; may be null
     * @param migrations a glob for migration files; may be null
     * @param tickets    a regular expression for ticket keys in commit messages; may be null for the usual ones
     * @param rules      what else shows that something outside is needed, beside the rules that Slipway knows
     */
    public record Repository(String path, String url, String migrations, String tickets, List<DependencyRule> rules) {

        public Repository {
            rules = List.copyOf(rules);
        }
    }

    /**
     * @param dialect {@code postgresql} or {@code mysql}
     * @param version of the server, such as {@code 14} or {@code 8.0.36}; may be null
     */
    public record Database(String dialect, String version) {}

    public enum Strategy {
        CANARY,
        BLUE_GREEN,
        FEATURE_FLAG,
        ALL_AT_ONCE
    }

    /**
     * @param deployer     which adapter
     * @param strategy     how traffic moves
     * @param steps        in order; the last has weight 100
     * @param reportWithin how long a deployer that answers later may take; 1 s to 1 d
     * @param serving      the version that serves before the first release; may be null
     * @param parts        what is rolled out one after the other; empty where the service is rolled out as a whole
     */
    public record Rollout(
            String deployer,
            Strategy strategy,
            List<Step> steps,
            Duration reportWithin,
            String serving,
            List<Part> parts) {

        public Rollout {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One component of a service in one wave: what gets its version and its traffic apart from the rest.
     *
     * @param component such as {@code worker}; null where the service has one only
     * @param wave      a region or a cluster, such as {@code eu-west}; null where there is one only
     * @param deployer  which adapter
     * @param strategy  how traffic moves
     * @param steps     in order; the last has weight 100
     * @param settings  all of the deployer's settings for this part
     */
    public record Part(
            String component, String wave, String deployer, Strategy strategy, List<Step> steps, Settings settings) {

        /** @return what it is called in keys, such as {@code worker@eu-west}; null for the service as a whole */
        public String key() {
            if (component == null) {
                return wave;
            }
            return wave == null ? component : component + "@" + wave;
        }

        /** @return what it is called in sentences, such as {@code worker in eu-west}; empty for the service as a whole */
        public String inWords() {
            var key = key();
            return key == null ? "" : key.replace("@", " in ");
        }
    }

    /**
     * @param weight percentage of traffic for the new version, above 0 to 100
     * @param bake   how long the step is watched before the next
     */
    public record Step(double weight, Duration bake) {}

    /**
     * @param steps        the usual way back, in order; may be empty
     * @param mitigations  what helps where there is no way back, the most useful first; may be empty
     * @param rehearsal    where it is tried; may be null
     * @param recoveredFor how long the old version must be well before it counts as restored; 0 to 1 h
     */
    public record Rollback(
            List<RollbackStep> steps, List<RollbackStep> mitigations, RehearsalPlan rehearsal, Duration recoveredFor) {

        /** Where a service file says nothing of it. */
        public static final Duration RECOVERED_FOR = Duration.ofMinutes(1);
    }

    /**
     * @param target     what people call the place, such as {@code staging}
     * @param deployer   which adapter serves it
     * @param settings   all settings of that adapter there: none is taken over from the rollout
     * @param maximumAge when a rehearsal is too old to be believed in; 1 d to 1,000 d
     */
    public record RehearsalPlan(String target, String deployer, Settings settings, Duration maximumAge) {}

    /**
     * @param period   how long the release is watched after the last step
     * @param interval how often it is judged; 1 s to 10 min
     */
    public record Observation(Duration period, Duration interval) {}

    public enum MetricKind {
        ERROR_RATE,
        LATENCY,
        BUSINESS,
        BACKGROUND,
        SATURATION
    }

    public enum WorseWhen {
        HIGHER,
        LOWER,
        BOTH
    }

    public enum CompareWith {
        NONE,
        BEFORE,
        BASELINE
    }

    public enum OnNoData {
        INCONCLUSIVE,
        FAIL
    }

    /**
     * @param name          what a person calls it
     * @param kind          what it measures
     * @param source        which adapter
     * @param query         in the source's language; {@code $version} stands for the version in question; null where
     *                      the metric is a share of counts
     * @param counts        what it is a share of; null where {@code query} gives the value
     * @param sampleQuery   how much traffic the value rests on; may be null
     * @param unit          such as {@code ratio} or {@code s}; may be null
     * @param worseWhen     which direction is harm
     * @param failAbove     absolute ceiling; may be null
     * @param failBelow     absolute floor; may be null
     * @param compareWith   what it is compared with besides its limits
     * @param tolerance     relative harm that is tolerated in a comparison, such as 0.2 for a fifth; may be null for
     *                      the kind's default
     * @param minimumSample what {@code sampleQuery} must reach before a comparison or a limit counts; may be null
     * @param critical      whether a breach alone fails the release
     * @param weight        of a metric that is not critical: those that are worse fail the release together where
     *                      they are at least two and weigh more than half of all; 0 to 100, usually 1
     * @param immediate     whether one breach is enough, in place of two in three
     * @param dryRun        whether it is shown and never decides
     * @param onNoData      what it means that there is no data; never a pass
     * @param settings      the source's settings beside this metric
     */
    public record Metric(
            String name,
            MetricKind kind,
            String source,
            String query,
            Counts counts,
            String sampleQuery,
            String unit,
            WorseWhen worseWhen,
            Double failAbove,
            Double failBelow,
            CompareWith compareWith,
            Double tolerance,
            Double minimumSample,
            boolean critical,
            double weight,
            boolean immediate,
            boolean dryRun,
            OnNoData onNoData,
            Settings settings) {}

    /**
     * A share of two counts, such as failed requests of all requests. Counts say how sure a share is, which a ratio
     * alone does not.
     *
     * @param events query for how many of {@code total} happened in one interval; no answer means none, as long as
     *               {@code total} has one
     * @param total  query for how many there were in the same time
     */
    public record Counts(String events, String total) {}

    /** What follows when something other than a metric speaks against a release. */
    public enum Consequence {
        /** It goes back at once. */
        FAIL,
        /** A person decides; nobody's answer is a decision too, for the way back. */
        ASK
    }

    /**
     * @param match labels and their values, all of which an alert must carry; at least one
     * @param then  what follows
     */
    public record AlertRule(Map<String, String> match, Consequence then) {

        public AlertRule {
            match = Map.copyOf(match);
        }
    }

    /**
     * How many problem reports mean something. A report counts for its own severity and for those below.
     *
     * @param critical how many critical ones; 1 to 1,000
     * @param high     how many of at least high severity; 1 to 1,000
     * @param low      how many of any severity; 1 to 1,000
     * @param within   how long a report counts; 1 min to 7 d
     * @param then     what follows; null where critical ones fail the release and a person decides on the others
     */
    public record Signals(int critical, int high, int low, Duration within, Consequence then) {

        /** Where a service file says nothing of it: one critical report fails the release, any other asks. */
        public static final Signals USUAL = new Signals(1, 1, 1, Duration.ofMinutes(30), null);
    }

    /**
     * @param timezone an IANA zone
     * @param allowed  such as {@code MON-THU 09:00-16:00}; empty means always
     * @param freezes  iCalendar files or URLs
     * @param holidays iCalendar files or URLs
     */
    public record Windows(String timezone, List<String> allowed, List<String> freezes, List<String> holidays) {

        /** Without holidays. */
        public Windows(String timezone, List<String> allowed, List<String> freezes) {
            this(timezone, allowed, freezes, List.of());
        }
    }

    /**
     * @param channel where the release is talked about
     * @param teams   groups that are told and acknowledge, by Slipway's names
     */
    public record Communication(ChannelChoice channel, List<String> teams) {}

    /**
     * @param type     which adapter
     * @param name     such as {@code #releases}
     * @param settings the channel's settings
     */
    public record ChannelChoice(String type, String name, Settings settings) {}

    /**
     * @param minimumCoverage percentage of lines, 0 to 100; may be null where the people state it
     * @param maximumAge      how old a report or a status may be; 1 min to 90 d
     * @param required        names of the test reports that must be there; may be empty
     * @param statuses        whose word on the commit counts besides; may be null
     */
    public record Tests(Double minimumCoverage, Duration maximumAge, List<String> required, Statuses statuses) {}

    /**
     * Statuses of the commit that is released; at least one of the two.
     *
     * @param github may be null
     * @param gitlab may be null
     */
    public record Statuses(GitHubChecks github, GitLabJobs gitlab) {}

    /**
     * @param repository owner and name, such as {@code acme/checkout}
     * @param checks     names of check runs or contexts of commit statuses that must succeed; at least one
     */
    public record GitHubChecks(String repository, List<String> checks) {}

    /**
     * @param project path or number, such as {@code acme/shop/checkout}
     * @param jobs    names of jobs or external statuses that must succeed; at least one
     */
    public record GitLabJobs(String project, List<String> jobs) {}

    /**
     * @param role one of Slipway's groups, such as {@code qa}
     * @return the service's own group in its place, or the same where the service names none
     */
    public String group(String role) {
        var own = groups.get(role);
        if (own != null) {
            return own;
        }
        if (role.equals("engineering") && owner.group() != null) {
            return owner.group();
        }
        if (role.equals("release-authority") && owner.releaseAuthority() != null) {
            return owner.releaseAuthority();
        }
        return role;
    }

    /** @return the release's own plan; where it has none the service's steps, with the release's manual steps */
    public RollbackPlan rollbackPlan(Release release) {
        return RollbackPlan.of(planText(release), release.manualSteps());
    }

    /** @return the plan as it stands in a form, one step a line; null where neither release nor service has one */
    public String planText(Release release) {
        if (release.rollbackPlan() != null && !release.rollbackPlan().isBlank()) {
            return release.rollbackPlan();
        }
        return rollback == null || rollback.steps().isEmpty() ? null : RollbackPlan.lines(rollback.steps());
    }

    /** @return what helps where there is no way back, one a line; empty where the service names nothing */
    public String mitigations() {
        return rollback == null ? "" : RollbackPlan.lines(rollback.mitigations());
    }

    /** @return where the way back is rehearsed; null where the service names no such place */
    public RehearsalPlan rehearsal() {
        return rollback == null ? null : rollback.rehearsal();
    }

    /** @return how long the old version must be well before it counts as restored */
    public Duration recoveredFor() {
        return rollback == null ? Rollback.RECOVERED_FOR : rollback.recoveredFor();
    }

    /** @return what is rolled out one after the other, at least one; the service as a whole where it has no parts */
    public List<Part> parts() {
        return rollout.parts().isEmpty()
                ? List.of(new Part(
                        null,
                        null,
                        rollout.deployer(),
                        rollout.strategy(),
                        rollout.steps(),
                        settingsOf(rollout.deployer())))
                : rollout.parts();
    }

    /** @return how long a rollout without interruption takes, part by part, before the observation begins */
    public Duration rolloutTime() {
        return parts().stream()
                .flatMap(part -> part.steps().stream())
                .map(Step::bake)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** @return what the file says under an adapter's own name */
    public Settings settingsOf(String adapter) {
        return settings.getOrDefault(adapter, Settings.NONE);
    }
}

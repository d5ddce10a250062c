package dev.slipway.catalog;

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
 * @param observation   how long and how often it is judged
 * @param metrics       what it is judged by
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
        Observation observation,
        List<Metric> metrics,
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
     */
    public record Repository(String path, String url, String migrations) {}

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
     */
    public record Rollout(
            String deployer, Strategy strategy, List<Step> steps, Duration reportWithin, String serving) {}

    /**
     * @param weight percentage of traffic for the new version, above 0 to 100
     * @param bake   how long the step is watched before the next
     */
    public record Step(double weight, Duration bake) {}

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
     * @param query         in the source's language; {@code $version} stands for the version in question
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
            String sampleQuery,
            String unit,
            WorseWhen worseWhen,
            Double failAbove,
            Double failBelow,
            CompareWith compareWith,
            Double tolerance,
            Double minimumSample,
            boolean critical,
            boolean immediate,
            boolean dryRun,
            OnNoData onNoData,
            Settings settings) {}

    /**
     * @param timezone an IANA zone
     * @param allowed  such as {@code MON-THU 09:00-16:00}; empty means always
     * @param freezes  iCalendar files or URLs
     */
    public record Windows(String timezone, List<String> allowed, List<String> freezes) {}

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

    /** @param minimumCoverage percentage of lines, 0 to 100; may be null where the people state it */
    public record Tests(Double minimumCoverage) {}

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

    /** @return what the file says under an adapter's own name */
    public Settings settingsOf(String adapter) {
        return settings.getOrDefault(adapter, Settings.NONE);
    }
}

package dev.slipway.catalog;

import dev.slipway.catalog.ServiceDefinition.ChannelChoice;
import dev.slipway.catalog.ServiceDefinition.Communication;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Counts;
import dev.slipway.catalog.ServiceDefinition.Database;
import dev.slipway.catalog.ServiceDefinition.GitHubChecks;
import dev.slipway.catalog.ServiceDefinition.GitLabJobs;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.Observation;
import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import dev.slipway.catalog.ServiceDefinition.Owner;
import dev.slipway.catalog.ServiceDefinition.Repository;
import dev.slipway.catalog.ServiceDefinition.Statuses;
import dev.slipway.catalog.ServiceDefinition.Tests;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one file's nodes, top to bottom, and knows the defaults and the rules of every key. */
final class DefinitionReader {

    static final List<String> KEYS = List.of(
            "service",
            "owner",
            "onCall",
            "repository",
            "database",
            "rollout",
            "rollback",
            "observation",
            "metrics",
            "alerts",
            "signals",
            "related",
            "windows",
            "communication",
            "tests",
            "groups",
            "deadlines");

    /** Slipway's groups: a service may name its own in place of each. */
    static final List<String> GROUPS = List.of(
            "release-managers",
            "release-authority",
            "engineering",
            "qa",
            "support",
            "product",
            "on-call",
            "database",
            "process-designers");

    private static final List<String> METRIC_KEYS = List.of(
            "name",
            "kind",
            MetricTemplates.TEMPLATE,
            MetricTemplates.SYSTEM,
            MetricTemplates.WITH,
            "source",
            "query",
            "counts",
            "sampleQuery",
            "unit",
            "worseWhen",
            "failAbove",
            "failBelow",
            "compareWith",
            "tolerance",
            "minimumSample",
            "critical",
            "weight",
            "immediate",
            "dryRun",
            "onNoData");

    private static final MetricTemplates TEMPLATES = MetricTemplates.read();

    private static final List<String> TOLD = List.of("support", "qa", "product", "on-call");
    private static final String DEFAULT_CHANNEL = "in-app";

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern TASK_ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern REMOTE =
            Pattern.compile("(https?|ssh|git|file)://\\S+|[A-Za-z0-9][\\w.-]*@[A-Za-z0-9][\\w.-]*:\\S+");
    private static final Pattern ALLOWED =
            Pattern.compile("(?<days>%1$s(-%1$s)?(,%1$s(-%1$s)?)*) (?<from>%2$s)-(?<to>%2$s)"
                    .formatted("(MON|TUE|WED|THU|FRI|SAT|SUN)", "([01]\\d|2[0-3]):[0-5]\\d"));

    private static final Pattern GITHUB_REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");
    private static final Pattern GITLAB_PROJECT =
            Pattern.compile("\\d{1,18}|\\w[\\w.-]{0,254}(/\\w[\\w.-]{0,254}){1,20}");
    private static final List<String> DIALECTS = List.of("postgresql", "mysql");
    private static final Pattern SERVER_VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,2}");

    private static final int LONGEST_ALLOWED = 60;
    private static final int MOST_RULES = 100;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(30);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(90);
    private static final Duration LONGEST_TESTS_AGE = Duration.ofDays(90);

    private static final Duration PERIOD = Duration.ofMinutes(30);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration TESTS_AGE = Duration.ofDays(7);

    private final Place root;
    private final SettingsReader settings;
    private final AdapterChoices adapters;

    DefinitionReader(Place root, SettingsReader settings, AdapterChoices adapters) {
        this.root = root;
        this.settings = settings;
        this.adapters = adapters;
    }

    ServiceDefinition definition() {
        var service = service();
        var rollout = new RolloutReader(root.at("rollout"), adapters).rollout();
        var rollback = new RollbackReader(root.at("rollback"), adapters, rollout).rollback();
        var metrics = metrics();
        var alarms = new AlarmReader(root);
        var communication = communication(service);
        var definition = new ServiceDefinition(
                service,
                owner(),
                onCall(),
                repository(),
                database(),
                rollout,
                rollback,
                observation(),
                metrics,
                alarms.alerts(),
                alarms.signals(),
                related(service),
                windows(),
                communication,
                tests(),
                groups(),
                deadlines(),
                unmodifiable(adapters.settings()));
        var keys = new ArrayList<>(KEYS);
        keys.addAll(adapters.names());
        root.allow(keys);
        return definition;
    }

    private String service() {
        var at = root.at("service").required("It names the service that is released.");
        var name = at.text();
        if (name != null && !SERVICE_NAME.matcher(name).matches()) {
            var likely =
                    name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            at.object(name + " is not a service name: 1 to 63 lower-case letters, digits and hyphens, no hyphen first."
                    + (SERVICE_NAME.matcher(likely).matches() ? Suggestion.of(likely) : ""));
        }
        return name;
    }

    private List<String> related(String service) {
        var at = root.at("related");
        var names = at.texts();
        for (var name : names) {
            if (!SERVICE_NAME.matcher(name).matches()) {
                at.object(name + " is not a service name: 1 to 63 lower-case letters, digits and hyphens.");
            } else if (name.equals(service)) {
                at.object("A service is related to itself by nature. Remove " + name + ".");
            }
        }
        return names;
    }

    private Owner owner() {
        var at = root.at("owner");
        at.allow(List.of("group", "releaseAuthority"));
        return new Owner(at.at("group").text(), at.at("releaseAuthority").text());
    }

    private OnCall onCall() {
        var at = root.at("onCall");
        at.allow(List.of("calendar", "people"));
        return new OnCall(at.at("calendar").text(), at.at("people").texts());
    }

    private Repository repository() {
        var at = root.at("repository");
        if (!at.isPresent()) {
            return null;
        }
        at.allow(List.of("path", "url", "migrations", "tickets", "rules"));
        var path = at.at("path").text();
        var url = at.at("url").text();
        if (path == null && url == null && at.isMapping()) {
            at.object("names neither a path nor a url.");
        }
        if (path != null && path.startsWith("-")) {
            at.at("path").object(path + " is not a path: it begins with a hyphen.");
        }
        if (url != null && !REMOTE.matcher(url).matches()) {
            at.at("url").object(url + " is not the URL of a repository (https, ssh, git, file, or user@host:path).");
        }
        return new Repository(
                path, url, migrations(at.at("migrations")), tickets(at.at("tickets")), rules(at.at("rules")));
    }

    private static String migrations(Place at) {
        DependencyRuleReader.glob(at);
        return at.text();
    }

    private static String tickets(Place at) {
        var pattern = DependencyRuleReader.pattern(at);
        return pattern == null ? null : pattern.pattern().pattern();
    }

    private static List<DependencyRule> rules(Place at) {
        var rules = DependencyRuleReader.rules(at);
        if (rules.size() > MOST_RULES) {
            at.object("has " + rules.size() + " rules; at most " + MOST_RULES + " are possible.");
        }
        return rules;
    }

    private Database database() {
        var at = root.at("database");
        if (!at.isPresent()) {
            return null;
        }
        at.allow(List.of("dialect", "version"));
        var dialect = at.at("dialect");
        if (at.isMapping()) {
            dialect.required("It says whose SQL the migrations are: " + Place.listed(DIALECTS) + ".");
        }
        var name = dialect.text();
        if (name != null && !DIALECTS.contains(name)) {
            dialect.object(name + " is not a dialect that is known: " + Place.listed(DIALECTS) + "."
                    + Suggestion.among(DIALECTS, name));
        }
        var version = at.at("version").text();
        if (version != null && !SERVER_VERSION.matcher(version).matches()) {
            at.at("version").object(version + " is not the version of a server, such as \"14\" or \"8.0.36\".");
        }
        return new Database(name, version);
    }

    private Observation observation() {
        var at = root.at("observation");
        at.allow(List.of("period", "interval"));
        var period = at.at("period").duration(PERIOD, SECOND, LONGEST_PERIOD);
        var interval = at.at("interval").duration(INTERVAL, SECOND, LONGEST_INTERVAL);
        if (interval.compareTo(period) > 0) {
            at.at("interval")
                    .object(interval + " is longer than the period (" + period + "): nothing would be judged.");
        }
        return new Observation(period, interval);
    }

    private List<Metric> metrics() {
        var at = root.at("metrics").required("At least one metric says whether a release went well.");
        var items = at.items();
        if (items.isEmpty() && at.isSequence()) {
            at.object("is empty. At least one metric says whether a release went well.");
        }
        var lines = new HashMap<String, Integer>();
        var metrics = new ArrayList<Metric>();
        for (var item : items) {
            var metric = metric(TEMPLATES.expand(item));
            metrics.add(metric);
            var name = item.at("name");
            if (metric.name() != null) {
                var first = lines.putIfAbsent(metric.name(), name.line());
                if (first != null) {
                    name.object(metric.name() + " is the name of another metric, in line " + first + ".");
                }
            }
        }
        if (!metrics.isEmpty() && metrics.stream().noneMatch(DefinitionReader::decides)) {
            at.object("No metric can fail a release. Give one a limit (failAbove, failBelow) or a comparison"
                    + " (compareWith), and not dryRun.");
        }
        return List.copyOf(metrics);
    }

    private static boolean decides(Metric metric) {
        var judged =
                metric.failAbove() != null || metric.failBelow() != null || metric.compareWith() != CompareWith.NONE;
        return judged && !metric.dryRun();
    }

    private Metric metric(Place at) {
        if (at.isMapping()) {
            at.at("name").required("It is what a person calls the metric.");
            at.at("kind").required("It is one of error-rate, latency, business, background, saturation.");
            at.at("source").required("It names the adapter that knows the value.");
            if (at.at("counts").isPresent()) {
                unlessCounts(at.at("query"), "The value is the share of the counts");
                unlessCounts(at.at("sampleQuery"), "The sample is the total of the counts");
            } else {
                at.at("query").required("It is the question to the source; or counts, where the metric is a share.");
            }
        }
        var source = at.at("source").text();
        var own = adapters.choose(Adapter.Kind.METRIC_SOURCE, at.at("source"), at);
        var keys = new ArrayList<>(METRIC_KEYS);
        if (source != null) {
            keys.add(source);
        }
        at.allow(keys);
        var unit = at.at("unit").text();
        var failAbove = limit(at.at("failAbove"), unit);
        var failBelow = limit(at.at("failBelow"), unit);
        if (failAbove != null && failBelow != null && failBelow >= failAbove) {
            at.at("failBelow")
                    .object(at.at("failBelow").raw() + " is not below failAbove ("
                            + at.at("failAbove").raw() + "): no value could pass.");
        }
        var sampleQuery = settings.text(at.at("sampleQuery"));
        var minimumSample = at.at("minimumSample").number(0, Double.MAX_VALUE, "0 or more");
        if (minimumSample != null && sampleQuery == null && !at.at("counts").isPresent()) {
            at.at("minimumSample").object("There is no sampleQuery that could reach it.");
        }
        var critical = at.at("critical").flag();
        var weight = at.at("weight").number(0, 100, "a weight (0 to 100)");
        if (weight != null && critical) {
            at.at("weight").object("A critical metric fails the release alone; it has no weight.");
        }
        return new Metric(
                at.at("name").text(),
                at.at("kind").choice(MetricKind.class, null),
                source,
                settings.text(at.at("query")),
                counts(at.at("counts")),
                sampleQuery,
                unit,
                at.at("worseWhen").choice(WorseWhen.class, WorseWhen.HIGHER),
                failAbove,
                failBelow,
                at.at("compareWith").choice(CompareWith.class, CompareWith.NONE),
                at.at("tolerance").number(0, 10, "a relative tolerance (0 to 10, 0.2 for a fifth)"),
                minimumSample,
                critical,
                weight == null ? 1 : weight,
                at.at("immediate").flag(),
                at.at("dryRun").flag(),
                at.at("onNoData").choice(OnNoData.class, OnNoData.INCONCLUSIVE),
                own);
    }

    private static void unlessCounts(Place at, String why) {
        if (at.isPresent()) {
            at.object(why + "; leave one of the two out.");
        }
    }

    private Counts counts(Place at) {
        if (!at.isPresent()) {
            return null;
        }
        at.allow(List.of("events", "total"));
        if (at.isMapping()) {
            at.at("events").required("It asks how many of the total happened, such as failed requests.");
            at.at("total").required("It asks how many there were in the same time, such as all requests.");
        }
        return new Counts(settings.text(at.at("events")), settings.text(at.at("total")));
    }

    private static Double limit(Place at, String unit) {
        if ("ratio".equals(unit)) {
            return at.number(0, 1, "a ratio (0 to 1)");
        }
        if ("%".equals(unit) || "percent".equals(unit)) {
            return at.number(0, 100, "a percentage (0 to 100)");
        }
        return at.number();
    }

    private Windows windows() {
        var at = root.at("windows");
        at.allow(List.of("timezone", "allowed", "freezes", "holidays"));
        var zone = at.at("timezone").text();
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            at.at("timezone")
                    .object(zone + " is not a time zone such as Europe/Berlin."
                            + Suggestion.among(new TreeSet<>(ZoneId.getAvailableZoneIds()), zone));
        }
        var allowed = at.at("allowed").items();
        allowed.forEach(DefinitionReader::checkAllowed);
        return new Windows(
                zone == null ? "UTC" : zone,
                at.at("allowed").texts(),
                at.at("freezes").texts(),
                at.at("holidays").texts());
    }

    private static void checkAllowed(Place at) {
        var text = at.text();
        if (text == null) {
            return;
        }
        var matcher = ALLOWED.matcher(text);
        if (text.length() > LONGEST_ALLOWED || !matcher.matches()) {
            at.object(text + " is not days and hours such as MON-THU 09:00-16:00 or SAT,SUN 10:00-12:00.");
        } else if (!LocalTime.parse(matcher.group("from")).isBefore(LocalTime.parse(matcher.group("to")))) {
            at.object(text + " ends before it begins.");
        }
    }

    private Communication communication(String service) {
        var at = root.at("communication");
        at.allow(List.of("channel", "teams"));
        var teams = at.at("teams");
        for (var team : teams.items()) {
            var name = team.text();
            if (name != null && !GROUPS.contains(name)) {
                team.object(name + " is not one of Slipway's groups: " + Place.listed(GROUPS) + "."
                        + Suggestion.among(GROUPS, name));
            }
        }
        return new Communication(channel(at.at("channel"), service), teams.isPresent() ? teams.texts() : TOLD);
    }

    private ChannelChoice channel(Place at, String service) {
        if (!at.isPresent() && adapters.isKnown(Adapter.Kind.CHANNEL, DEFAULT_CHANNEL)) {
            return new ChannelChoice(DEFAULT_CHANNEL, "#" + service, Settings.NONE);
        }
        at.required("It is where the release is talked about.");
        var choice = at.at("type");
        if (at.isMapping()) {
            choice.required("It names the adapter that carries messages.");
        }
        var type = choice.text();
        var own = adapters.choose(Adapter.Kind.CHANNEL, choice, at);
        var keys = new ArrayList<>(List.of("type", "name"));
        if (type != null) {
            keys.add(type);
        }
        at.allow(keys);
        var shared = type == null ? Settings.NONE : adapters.settings().getOrDefault(type, Settings.NONE);
        adapters.checkPlace(Adapter.Kind.CHANNEL, type, at.at("name"));
        return new ChannelChoice(type, at.at("name").text(), shared.with(own));
    }

    private Tests tests() {
        var at = root.at("tests");
        at.allow(List.of("minimumCoverage", "maximumAge", "required", "statuses"));
        return new Tests(
                at.at("minimumCoverage").number(0, 100, "a percentage of lines (0 to 100)"),
                at.at("maximumAge").duration(TESTS_AGE, MINUTE, LONGEST_TESTS_AGE),
                names(at.at("required")),
                statuses(at.at("statuses")));
    }

    private static Statuses statuses(Place at) {
        if (!at.isPresent()) {
            return null;
        }
        at.allow(List.of("github", "gitlab"));
        var github = at.at("github");
        var gitlab = at.at("gitlab");
        if (at.isMapping() && !github.isPresent() && !gitlab.isPresent()) {
            at.object("names neither github nor gitlab.");
        }
        github.allow(List.of("repository", "checks"));
        gitlab.allow(List.of("project", "jobs"));
        return new Statuses(
                github.isPresent()
                        ? new GitHubChecks(
                                address(github, "repository", GITHUB_REPOSITORY, "acme/checkout"),
                                someNames(github, "checks"))
                        : null,
                gitlab.isPresent()
                        ? new GitLabJobs(
                                address(gitlab, "project", GITLAB_PROJECT, "acme/shop/checkout"),
                                someNames(gitlab, "jobs"))
                        : null);
    }

    private static String address(Place at, String key, Pattern form, String example) {
        var place = at.at(key);
        if (at.isMapping()) {
            place.required("It says where the statuses are, such as " + example + ".");
        }
        var text = place.text();
        if (text != null && !form.matcher(text).matches()) {
            place.object(text + " is not the path of a " + key + ", such as " + example + ".");
        }
        return text;
    }

    private static List<String> someNames(Place at, String key) {
        var place = at.at(key);
        if (at.isMapping()) {
            place.required("It names what must succeed.");
        }
        if (place.isSequence() && place.items().isEmpty()) {
            place.object("is empty. Name at least one that must succeed.");
        }
        return names(place);
    }

    private static List<String> names(Place at) {
        var names = new LinkedHashSet<String>();
        for (var item : at.items()) {
            var name = item.text();
            if (name != null && !names.add(name)) {
                item.object(name + " stands here twice.");
            }
        }
        return List.copyOf(names);
    }

    private Map<String, String> groups() {
        var at = root.at("groups");
        at.allow(GROUPS);
        return read(at, Place::text);
    }

    private Map<String, Duration> deadlines() {
        var at = root.at("deadlines");
        at.entries().forEach((task, place) -> {
            if (!TASK_ID.matcher(task).matches()) {
                place.object(task + " is not the id of a task, such as confirm-scope.");
            }
        });
        return read(at, place -> place.duration(null, SECOND, LONGEST_DEADLINE));
    }

    private static <T> Map<String, T> read(Place at, Function<Place, T> reading) {
        var values = new LinkedHashMap<String, T>();
        at.entries().forEach((key, place) -> {
            var value = reading.apply(place);
            if (value != null) {
                values.put(key, value);
            }
        });
        return unmodifiable(values);
    }

    private static <T> Map<String, T> unmodifiable(Map<String, T> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}

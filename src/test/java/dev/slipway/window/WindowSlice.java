package dev.slipway.window;

import dev.slipway.calendar.CalendarProperties;
import dev.slipway.calendar.CalendarRoom;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.ServiceFilesProperties;
import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Observation;
import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.ServiceDefinition.Rollout;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.catalog.Settings;
import dev.slipway.release.ColumnNames;
import dev.slipway.release.Holds;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import dev.slipway.release.WaitingFor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The window room on a database in memory, with a catalogue, a deployer, a diagram and a clock that the test moves. */
@DataJdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    ColumnNames.class,
    Releases.class,
    Timeline.class,
    WindowPlan.class,
    WindowChecks.class,
    Gates.class,
    Holds.class,
    WindowBriefing.class,
    WindowBooking.class,
    Calendars.class,
    CalendarRoom.class,
    Obstacles.class,
    Slots.class,
    WindowOffers.class,
    RolloutSteps.class,
    RolloutPlan.class,
    Traffic.class,
    Deployers.class,
    ReportTokens.class,
    HookSecrets.class,
    DeploymentReports.class,
    OutcomeFollower.class,
    WindowSlice.Edges.class
})
@EnableConfigurationProperties({
    CalendarProperties.class,
    ServiceFilesProperties.class,
    WindowProperties.class,
    HookProperties.class,
    FollowingProperties.class
})
abstract class WindowSlice {

    static final Step FIVE = new Step(5, Duration.ofMinutes(5));
    static final Step QUARTER = new Step(25, Duration.ofMinutes(3));
    static final Step ALL = new Step(100, Duration.ofMinutes(2));

    private static int services;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @Autowired
    FakeClock clock;

    @Autowired
    FakeCatalog catalog;

    @Autowired
    FakeDeployer deployer;

    @Autowired
    FakeFlow flow;

    @Autowired
    JdbcClient jdbc;

    String service;
    Windows windows;
    OnCall onCall;
    Strategy strategy;
    List<Step> steps;
    Rollback rollback;
    List<String> related;

    @BeforeEach
    void begin_anew() {
        // Who is in charge of one release must not lead another at the same time.
        jdbc.sql("update release set phase = 'CLOSED'").update();
        service = "service-" + ++services;
        windows = new Windows("Europe/Berlin", List.of(), List.of());
        onCall = new OnCall(null, List.of("alice"));
        strategy = Strategy.CANARY;
        steps = List.of(FIVE, QUARTER, ALL);
        rollback = null;
        related = List.of();
        clock.now = Instant.parse("2026-11-24T10:00:00Z");
        deployer.reset();
        flow.reset();
    }

    Release release(String version) {
        return release(version, null, null);
    }

    Release release(String version, Instant start, Instant end) {
        var text = service + " " + version;
        jdbc.sql("insert into service_definition (service, digest, text, pinned_at) values (?, ?, ?, ?)")
                .params(service, text, text, clock.now.atOffset(ZoneOffset.UTC))
                .update();
        var pinned = jdbc.sql("select id from service_definition where digest = ?")
                .param(text)
                .query(Long.class)
                .single();
        catalog.pinned.put(pinned, definition());
        var request = SampleRequest.of(service, version).ownedBy("alice").window(start, end);
        return releases.open(request.request(), pinned, "1.0.0");
    }

    private ServiceDefinition definition() {
        return SampleService.called(service)
                .with(onCall)
                .with(new Rollout("fake", strategy, steps, Duration.ofMinutes(30), "1.0.0", List.of()))
                .with(new Observation(Duration.ofMinutes(30), Duration.ofSeconds(30)))
                .with(rollback)
                .with(windows)
                .relatedTo(related.toArray(String[]::new))
                .with("fake", new Settings(Map.of("place", "here")))
                .definition();
    }

    List<String> story(ReleaseId id) {
        return timeline.of(id).stream().map(TimelineEntry::what).toList();
    }

    /** An execution that keeps its variables in a map. */
    static DelegateExecution execution(ReleaseId id) {
        var variables = new HashMap<String, Object>(Map.of("releaseId", id.toString()));
        var execution = Mockito.mock(DelegateExecution.class);
        Mockito.when(execution.getVariable(Mockito.anyString()))
                .thenAnswer(call -> variables.get(call.<String>getArgument(0)));
        Mockito.doAnswer(call -> variables.put(call.getArgument(0), call.getArgument(1)))
                .when(execution)
                .setVariable(Mockito.anyString(), Mockito.any());
        return execution;
    }

    @TestConfiguration
    static class Edges {

        @Bean
        FakeClock clock() {
            return new FakeClock();
        }

        @Bean
        FakeCatalog catalog() {
            return new FakeCatalog();
        }

        @Bean
        FakeDeployer deployer() {
            return new FakeDeployer();
        }

        @Bean
        FakeFlow flow() {
            return new FakeFlow();
        }
    }

    static class FakeClock extends Clock {
        Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    static class FakeCatalog implements ServiceCatalog {
        final Map<Long, ServiceDefinition> pinned = new HashMap<>();

        @Override
        public List<String> services() {
            return List.of();
        }

        @Override
        public Optional<ServiceDefinition> find(String service) {
            return pinned.values().stream()
                    .filter(definition -> definition.service().equals(service))
                    .findFirst();
        }

        @Override
        public Optional<Pinned> pin(String service) {
            return Optional.empty();
        }

        @Override
        public ServiceDefinition pinned(long id) {
            return Optional.ofNullable(pinned.get(id)).orElseThrow(NoSuchElementException::new);
        }

        @Override
        public List<String> problems() {
            return List.of();
        }
    }

    /** A deployer that says what it is told to say, and remembers what it was asked. */
    static class FakeDeployer implements Deployer {
        final List<String> asked = new ArrayList<>();
        final List<Order> orders = new ArrayList<>();
        final List<Order> states = new ArrayList<>();
        final List<Order> outcomes = Collections.synchronizedList(new ArrayList<>());
        final Map<String, Supplier<Answer>> came = new ConcurrentHashMap<>();
        Answer answer;
        State state;
        RuntimeException broken;

        void reset() {
            asked.clear();
            orders.clear();
            states.clear();
            outcomes.clear();
            came.clear();
            answer = new Answer.Done("done");
            state = new State.Unknown("nobody asked");
            broken = null;
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Answer deploy(Order order) {
            return order("deploy", order);
        }

        @Override
        public Answer shift(Order order) {
            return order("shift", order);
        }

        @Override
        public Answer rollBack(Order order) {
            return order("rollback", order);
        }

        @Override
        public State state(Order order) {
            states.add(order);
            if (broken != null) {
                throw broken;
            }
            return state;
        }

        @Override
        public Answer outcome(Order order) {
            outcomes.add(order);
            return came.getOrDefault(order.key(), () -> Deployer.super.outcome(order))
                    .get();
        }

        private Answer order(String what, Order order) {
            asked.add(what);
            orders.add(order);
            if (broken != null) {
                throw broken;
            }
            return answer;
        }
    }

    /** A diagram in which a token waits for a report, or doesn't. */
    static class FakeFlow implements ReleaseFlow {
        final List<Map<String, Object>> told = new ArrayList<>();
        boolean waits;

        void reset() {
            told.clear();
            waits = false;
        }

        @Override
        public void answer(ReleaseId release, String task, String person, Map<String, Object> answers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Question question(ReleaseId release, String task, String person) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAsked(ReleaseId release, String task) {
            return false;
        }

        @Override
        public Release open(ReleaseRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean tell(ReleaseId release, Event event, Map<String, Object> details) {
            if (waits) {
                told.add(details);
                waits = false;
                return true;
            }
            return false;
        }

        @Override
        public List<WaitingFor> waitingFor(ReleaseId release) {
            return List.of();
        }
    }
}

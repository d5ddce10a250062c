package dev.slipway.api;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.communication.Outbox;
import dev.slipway.observation.Alerts;
import dev.slipway.observation.Charts;
import dev.slipway.observation.FalseAlarms;
import dev.slipway.observation.Measurements;
import dev.slipway.observation.ProblemReports;
import dev.slipway.prerelease.FoundEvidence;
import dev.slipway.prerelease.tests.TestReports;
import dev.slipway.release.Change;
import dev.slipway.release.EarlyEnd;
import dev.slipway.release.Evidences;
import dev.slipway.release.FirstFound;
import dev.slipway.release.Holds;
import dev.slipway.release.Openings;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import dev.slipway.release.SampleRelease;
import dev.slipway.release.Timeline;
import dev.slipway.security.Directory;
import dev.slipway.security.WebAppSessions;
import dev.slipway.window.DeploymentReports;
import dev.slipway.window.FlaggerGates;
import dev.slipway.window.Gates;
import dev.slipway.window.Proposal;
import dev.slipway.window.Schedule;
import dev.slipway.window.Slots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The web layer with its security, on rooms that answer what a test tells them to. */
@WebMvcTest(
        controllers = {
            ReleasesApi.class,
            GateApi.class,
            FactsApi.class,
            MessagesApi.class,
            ChartsApi.class,
            FindingsApi.class,
            SignalsApi.class,
            TestReportsApi.class,
            DeploymentHookApi.class,
            FlaggerApi.class,
            AlertmanagerApi.class,
            AlarmsApi.class,
            SlotsApi.class,
            CalendarApi.class,
            Errors.class
        })
@Import({ApiSlice.Security.class, GatePolls.class, Gates.class})
abstract class ApiSlice {

    static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @TestConfiguration
    @ComponentScan(basePackages = "dev.slipway.security")
    @Import(ReleaseLink.class)
    static class Security {

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }

    static final ReleaseId REL_42 = new ReleaseId(42);
    static final Map<String, Set<String>> USERS = Map.of(
            "admin", Set.of("camunda-admin"),
            "rita", Set.of("release-managers"),
            "adam", Set.of("release-authority"),
            "erin", Set.of("engineering"),
            "sam", Set.of("support"));

    @Autowired
    MockMvc mvc;

    @MockitoBean
    Outbox outbox;

    @MockitoBean
    Openings openings;

    @MockitoBean
    Releases releases;

    @MockitoBean
    ReleaseFlow flow;

    @MockitoBean
    Holds holds;

    @MockitoBean
    EarlyEnd earlyEnd;

    @MockitoBean
    Timeline timeline;

    @MockitoBean
    Measurements measurements;

    @MockitoBean
    Charts charts;

    @MockitoBean
    Evidences evidences;

    @MockitoBean
    FoundEvidence found;

    @MockitoBean
    TestReports testReports;

    @MockitoBean
    ProblemReports reports;

    @MockitoBean
    DeploymentReports deployments;

    @MockitoBean
    FlaggerGates flagger;

    @MockitoBean
    Alerts alerts;

    @MockitoBean
    FalseAlarms alarms;

    @MockitoBean
    FirstFound firstFound;

    @MockitoBean
    Slots slots;

    @MockitoBean
    Schedule schedule;

    @MockitoBean
    ServiceCatalog catalog;

    @MockitoBean
    Directory directory;

    @MockitoBean
    WebAppSessions sessions;

    @BeforeEach
    void people_and_one_release() {
        given(directory.matches(anyString(), anyString()))
                .willAnswer(call -> USERS.containsKey(call.<String>getArgument(0))
                        && call.getArgument(1).equals("secret"));
        given(directory.groupsOf(anyString()))
                .willAnswer(call -> USERS.getOrDefault(call.<String>getArgument(0), Set.of()));
        var definition = definition();
        given(catalog.find(anyString())).willReturn(Optional.of(definition));
        given(catalog.pinned(7)).willReturn(definition);
        var proposal = new Proposal("checkout", "UTC", Duration.ZERO, Duration.ZERO, List.of(), List.of(), List.of());
        given(slots.of(any(), any(), anyInt())).willReturn(proposal);
        given(slots.ofService(any(), any(), anyInt())).willReturn(proposal);
        given(schedule.between(any(), any(), any()))
                .willReturn(new Schedule.Content(List.of(), List.of(), Map.of(), List.of()));
        given(releases.get(any())).willAnswer(call -> {
            throw new Refusal.NotFound("There is no release " + call.getArgument(0) + ".");
        });
        org.mockito.BDDMockito.willReturn(release(Phase.PRE_RELEASE, false))
                .given(releases)
                .get(REL_42);
    }

    static RequestPostProcessor as(String user) {
        return httpBasic(user, "secret");
    }

    static Release release(Phase phase, boolean traffic) {
        var opened = Instant.parse("2026-03-01T08:00:00Z");
        return SampleRelease.of("checkout", "1.5.0")
                .ownedBy("evan", "paula")
                .in(phase)
                .withRisk(Risk.LOW)
                .openedAt(opened)
                .after("1.4.2")
                .firstTrafficAt(traffic ? opened : null)
                .changing(Change.of(Change.Kind.FIX, "Rounding", "SHOP-1"))
                .release();
    }

    static ServiceDefinition definition() {
        return SampleService.called("checkout").definition();
    }
}

package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

import dev.slipway.observation.ProblemReports.Kind;
import dev.slipway.observation.ProblemReports.Severity;
import dev.slipway.release.Actor;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemReportsTest {

    private static final ReleaseId ID = new ReleaseId(42);

    private final Releases releases = mock(Releases.class);
    private final ReleaseFlow flow = mock(ReleaseFlow.class);
    private final Timeline timeline = mock(Timeline.class);
    private final ProblemReports reports = new ProblemReports(releases, flow, timeline);

    @ParameterizedTest
    @CsvSource({"LOW, false", "HIGH, false", "CRITICAL, true"})
    void only_a_critical_report_stops_the_release(Severity severity, boolean stops) {
        given(flow.tell(any(), any(), any())).willReturn(true);

        assertThat(reports.report(ID, Kind.SUPPORT, severity, "No card payments.", "sam"))
                .isTrue();

        then(flow)
                .should()
                .tell(
                        ID,
                        ReleaseFlow.Event.PROBLEM_REPORTED,
                        Map.of(
                                "signalText",
                                "Problem reported (SUPPORT, " + severity + ") by sam: No card payments.",
                                "signalStops",
                                stops));
    }

    @Test
    void a_report_that_nothing_waits_for_is_kept_all_the_same() {
        given(flow.tell(any(), any(), any())).willReturn(false);

        assertThat(reports.report(ID, Kind.QA, Severity.LOW, "A typo.", "quentin"))
                .isFalse();

        then(timeline).should().record(ID, Actor.person("quentin"), "Problem reported (QA, LOW): A typo.", "A typo.");
    }

    @Test
    void a_report_about_nothing_is_not_found() {
        given(releases.get(ID)).willThrow(new Refusal.NotFound("There is no release REL-42."));

        assertThatThrownBy(() -> reports.report(ID, Kind.QA, Severity.LOW, "A typo.", "quentin"))
                .isInstanceOf(Refusal.NotFound.class);
        then(timeline).shouldHaveNoInteractions();
    }

    @Test
    void a_report_fits_a_process_variable() {
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> reports.report(ID, Kind.QA, Severity.LOW, "x".repeat(3_501), "quentin"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("text"));
        then(timeline).shouldHaveNoInteractions();
    }
}

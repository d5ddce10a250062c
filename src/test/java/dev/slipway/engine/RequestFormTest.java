package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.slipway.release.Change;
import dev.slipway.release.Refusal;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.junit.jupiter.api.Test;

/** The start form brings text; the release needs facts. */
class RequestFormTest {

    private final VariableScope form = mock(VariableScope.class);

    @Test
    void one_line_is_one_change_and_its_kind_stands_in_front() {
        assertThat(RequestForm.changes("feature: Pay by invoice\n\nfix: Rounding\nINFRA: New pool\nnote: plain"))
                .containsExactly(
                        Change.of(Change.Kind.FEATURE, "Pay by invoice", null),
                        Change.of(Change.Kind.FIX, "Rounding", null),
                        Change.of(Change.Kind.INFRASTRUCTURE, "New pool", null),
                        Change.of(Change.Kind.FEATURE, "note: plain", null));
    }

    @Test
    void blank_fields_are_no_answers_and_who_filled_it_in_has_asked() {
        given(form.getVariable("service")).willReturn(" checkout ");
        given(form.getVariable("owner")).willReturn("  ");
        given(form.getVariable("windowStart")).willReturn("2026-12-01T10:00+01:00");

        var request = RequestForm.read(form, "evan");

        assertThat(request.service()).isEqualTo("checkout");
        assertThat(request.owner()).isNull();
        assertThat(request.requestedBy()).isEqualTo("evan");
        assertThat(request.windowStart()).isEqualTo(Instant.parse("2026-12-01T09:00:00Z"));
        assertThat(request.manualSteps()).isEmpty();
    }

    @Test
    void a_time_that_is_none_is_refused_by_name() {
        given(form.getVariable("windowEnd")).willReturn("tomorrow");

        assertThatThrownBy(() -> RequestForm.read(form, "evan"))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("windowEnd: tomorrow is no time with zone");
    }
}

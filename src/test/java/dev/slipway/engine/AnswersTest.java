package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.release.Evidence;
import dev.slipway.release.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers are checked on the server, whatever the browser did. */
class AnswersTest {

    private static final FormSchema FORM = schema("""
            {"components": [
              {"type": "text", "text": "{{briefing}}"},
              {"type": "group", "components": [
                {"type": "radio", "key": "testsDecision", "label": "Tests", "validate": {"required": true},
                 "values": [{"value": "confirmed", "label": "Passed"}, {"value": "rejected", "label": "Not passed"}]}]},
              {"type": "textarea", "key": "testsReason", "label": "Why?", "validate": {"required": true, "maxLength": 10},
               "conditional": {"hide": "=testsDecision != \\"rejected\\""}},
              {"type": "number", "key": "minimumCoverage", "label": "Minimum", "validate": {"min": 0, "max": 100}},
              {"type": "checkbox", "key": "seen", "label": "Seen", "validate": {"required": true}}
            ]}""");

    @Test
    void fields_inside_groups_are_asked_too_and_texts_are_not() {
        assertThat(FORM.fields())
                .extracting(FormSchema.Field::key)
                .containsExactly("testsDecision", "testsReason", "minimumCoverage", "seen");
    }

    @Test
    void a_confirmation_needs_no_reason() {
        var answers = answers(Map.of("testsDecision", "confirmed", "minimumCoverage", 80, "seen", true));

        assertThat(answers.result()).isEqualTo(Evidence.Result.CONFIRMED);
        assertThat(answers.inWords()).isEqualTo("Passed");
        assertThat(answers.listed()).isEqualTo("Tests: Passed\nMinimum: 80\nSeen: true");
    }

    @Test
    void a_rejection_needs_its_reason_and_tells_it() {
        refused("testsReason", "must be answered", Map.of("testsDecision", "rejected", "seen", true));

        var answers = answers(Map.of("testsDecision", "rejected", "testsReason", "Flaky", "seen", true));
        assertThat(answers.result()).isEqualTo(Evidence.Result.REJECTED);
        assertThat(answers.inWords()).isEqualTo("Not passed. Flaky");
    }

    @Test
    void what_the_form_does_not_offer_is_refused_by_name() {
        refused("testsDecision", "must be answered", Map.of("seen", true));
        refused("testsDecision", "Choose one of: confirmed, rejected", Map.of("testsDecision", "maybe", "seen", true));
        refused("seen", "must be answered", Map.of("testsDecision", "confirmed", "seen", false));
        refused(
                "minimumCoverage",
                "0.0 to 100.0",
                Map.of("testsDecision", "confirmed", "seen", true, "minimumCoverage", 101));
        refused(
                "minimumCoverage",
                "must be a number",
                Map.of("testsDecision", "confirmed", "seen", true, "minimumCoverage", "x"));
        refused(
                "testsReason",
                "too long: 11 characters, at most 10",
                Map.of("testsDecision", "rejected", "seen", true, "testsReason", "x".repeat(11)));
    }

    private static Answers answers(Map<String, Object> given) {
        return Answers.of(
                FORM,
                new HashMap<>(given)::get,
                (condition, values) -> !"rejected".equals(values.get("testsDecision")));
    }

    private static void refused(String field, String why, Map<String, Object> given) {
        assertThatThrownBy(() -> answers(given))
                .isInstanceOfSatisfying(
                        Refusal.BadInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessageContaining(why);
    }

    private static FormSchema schema(String json) {
        try {
            return FormSchema.of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

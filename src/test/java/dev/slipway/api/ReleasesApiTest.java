package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.never;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.release.Change;
import dev.slipway.release.Hold;
import dev.slipway.release.Openings;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.Releases;
import dev.slipway.release.WaitingFor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

class ReleasesApiTest extends ApiSlice {

    @Test
    void an_opened_release_is_answered_with_its_address() throws Exception {
        opens(true);

        open("{'service': 'checkout', 'version': '1.5.0', 'title': 'Faster checkout'}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", endsWith("/api/v1/releases/REL-42")))
                .andExpect(jsonPath("$.id").value("REL-42"))
                .andExpect(jsonPath("$.phase").value("PRE_RELEASE"))
                .andExpect(jsonPath("$.outcome").isEmpty())
                .andExpect(jsonPath("$.waitingFor").isArray());

        assertThat(asked().requestedBy()).isEqualTo("erin");
        assertThat(asked().owner()).isNull();
        assertThat(asked().changes()).isEmpty();
    }

    @Test
    void a_repeated_key_is_answered_with_the_same_release_and_200() throws Exception {
        opens(false);

        mvc.perform(json(post("/api/v1/releases"), "{'service': 'checkout', 'version': '1.5.0', 'title': 'x'}")
                        .header("Idempotency-Key", "build-1")
                        .with(as("erin")))
                .andExpect(status().isOk())
                .andExpect(header().string("Location", endsWith("/api/v1/releases/REL-42")))
                .andExpect(jsonPath("$.id").value("REL-42"));

        assertThat(asked().idempotencyKey()).isEqualTo("build-1");
    }

    @Test
    void everything_that_may_be_said_arrives() throws Exception {
        opens(true);

        open(Examples.FULL_RELEASE).andExpect(status().isCreated());

        var request = asked();
        assertThat(request.owner()).isEqualTo("erin");
        assertThat(request.changes()).first().isEqualTo(Change.of(Change.Kind.FEATURE, "Pay by invoice", "SHOP-123"));
        assertThat(request.fromRevision()).isEqualTo("v1.4.2");
        assertThat(request.dependencies()).contains("\"environment\"").contains("CHECKOUT_TIMEOUT");
        assertThat(request.rollbackPlan()).isEqualTo("Shift all traffic back to 1.4.2.");
        assertThat(request.manualSteps())
                .containsExactly("[manual] olga, 5 min: clear the price cache -> the prices of today are shown");
        assertThat(request.windowStart()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(request.windowEnd()).isEqualTo(Instant.parse("2026-03-02T11:00:00Z"));
    }

    @Test
    void a_manual_step_stays_one_line() throws Exception {
        opens(true);

        open("{'service': 'checkout', 'version': '1', 'title': 't', 'manualSteps': ['Stop it.\\n Start it.', 'Look']}")
                .andExpect(status().isCreated());

        assertThat(asked().manualSteps()).containsExactly("Stop it. Start it.", "Look");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {'service': 'c', 'title': 't'}                                         | version              | version is missing
                    {'service': 'c', 'version': ' ', 'title': 't'}                         | version              | version is missing
                    {'service': 'c', 'version': '1', 'title': 't', 'versoin': '2'}         | versoin              | Known here: againBecause, changes, dependencies
                    {'service': 'c', 'version': 1.5, 'title': 't'}                         | version              | text in quotes
                    {'service': 'c', 'version': ['1'], 'title': 't'}                       | version              | text in quotes
                    {'service': 'c', 'version': '1', 'title': 't', 'schemaChange': 'no'}   | schemaChange         | true or false
                    {'service': 'c', 'version': '1', 'title': 't', 'changes': {}}          | changes              | a list
                    {'service': 'c', 'version': '1', 'title': 't', 'changes': [null]}      | changes[0]           | empty entry
                    {'service': 'c', 'version': '1', 'title': 't', 'changes': [{'kind': 'BUG', 'title': 'x'}]} | changes[0].kind | FEATURE, FIX, INFRASTRUCTURE
                    {'service': 'c', 'version': '1', 'title': 't', 'changes': [{'kind': 'FIX'}]}               | changes[0].title | title is missing
                    {'service': 'c', 'version': '1', 'title': 't', 'changes': [{'kind': 'FIX', 'title': 'x', 'who': 'y'}]} | changes[0].who | Known here
                    {'service': 'c', 'version': '1', 'title': 't', 'window': {'start': '2026-03-02T09:00'}}    | window.start | zone
                    {'service': 'c', 'version': '1', 'title': 't', 'window': {'start': '2026-03-02T09:00Z', 'end': '2026-03-02T08:00Z'}} | window.end | after window.start
                    {'service': 'c', 'version': '1', 'title': 't', 'dependencies': 7}      | dependencies         | text, an object or a list
                    {'service': 'c', 'version': '1', 'title': 't', 'rollbackPlan': []}     | rollbackPlan         | must be text
                    {'service': 'c', 'version': '1', 'title': 't', 'rollbackPlan': {'steps': []}} | rollbackPlan.steps | Known here: text, manualSteps
                    {'service': 'c', 'version': '1', 'title': 't', 'rollbackPlan': {'manualSteps': [1]}} | rollbackPlan.manualSteps[0] | list of texts
                    """)
    void a_field_at_fault_is_named_with_its_fix(String body, String field, String words) throws Exception {
        open(body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:slipway:problem:bad-input"))
                .andExpect(jsonPath("$.title").value("Bad input"))
                .andExpect(jsonPath("$.status").value(400))
                .andExpect(jsonPath("$.instance").value("/api/v1/releases"))
                .andExpect(jsonPath("$.field").value(field))
                .andExpect(jsonPath("$.detail").value(containsString(words)));
        then(openings).should(never()).open(any());
    }

    @Test
    void all_fields_at_fault_are_listed() throws Exception {
        open("{'service': 'c'}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[*].field").value(contains("title", "version")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'service': |not JSON",
                "[]|one JSON object",
                "\"\"|missing",
                "null|missing",
                "{'service': 'a', 'service': 'b'}|twice",
                "{'service': 'c', 'version': '1', 'title': 't'} {}|JSON"
            })
    void a_body_that_is_no_json_object_is_refused(String body, String words) throws Exception {
        open(body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value(containsString(words)))
                .andExpect(content().string(not(containsString("jackson"))));
    }

    @Test
    void what_the_flow_refuses_is_answered_with_the_field() throws Exception {
        given(openings.open(any()))
                .willThrow(new Refusal.BadInput("service", "There is no service c. Known: checkout."));

        open("{'service': 'c', 'version': '1', 'title': 't'}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("service"))
                .andExpect(jsonPath("$.detail").value("There is no service c. Known: checkout."));
    }

    @Test
    void support_may_not_open_releases() throws Exception {
        mvc.perform(json(post("/api/v1/releases"), "{'service': 'checkout', 'version': '1', 'title': 't'}")
                        .with(as("sam")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("urn:slipway:problem:not-allowed"))
                .andExpect(jsonPath("$.detail").value(containsString("Ask someone of engineering")));
        then(openings).should(never()).open(any());
    }

    @Test
    void a_key_is_at_most_200_characters() throws Exception {
        mvc.perform(json(post("/api/v1/releases"), "{'service': 'checkout', 'version': '1', 'title': 't'}")
                        .header("Idempotency-Key", "k".repeat(201))
                        .with(as("erin")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("Idempotency-Key"));
    }

    @Test
    void a_release_shows_what_it_waits_for_and_what_happens_if_nobody_acts() throws Exception {
        given(flow.waitingFor(REL_42))
                .willReturn(List.of(new WaitingFor(
                        "Confirm scope",
                        "t1",
                        "engineering",
                        Instant.parse("2026-03-01T08:00:01Z"),
                        Instant.parse("2026-03-01T16:00:01Z"),
                        "The release owner is asked.")));

        mvc.perform(get("/api/v1/releases/REL-42").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.openedAt").value("2026-03-01T08:00:00Z"))
                .andExpect(jsonPath("$.risk").value("LOW"))
                .andExpect(jsonPath("$.waitingFor[0].task").value("Confirm scope"))
                .andExpect(jsonPath("$.waitingFor[0].owner").value("engineering"))
                .andExpect(jsonPath("$.waitingFor[0].since").value("2026-03-01T08:00:01Z"))
                .andExpect(jsonPath("$.waitingFor[0].due").value("2026-03-01T16:00:01Z"))
                .andExpect(jsonPath("$.waitingFor[0].default").value("The release owner is asked."))
                .andExpect(jsonPath("$.waitingFor[0].fallback").doesNotExist());
    }

    @ParameterizedTest
    @CsvSource({"REL-43", "42", "REL-0", "REL-99999999999999999999", "x"})
    void an_id_that_is_none_is_not_found(String id) throws Exception {
        mvc.perform(get("/api/v1/releases/{id}", id).with(as("sam")))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("There is no release " + id + "."));
    }

    @Test
    void releases_are_listed_page_by_page() throws Exception {
        given(releases.page("checkout", Phase.CLOSED, Outcome.ROLLED_BACK, 2, 10))
                .willReturn(new Releases.Page(List.of(release(Phase.CLOSED, true)), 21));

        mvc.perform(get("/api/v1/releases?service=checkout&phase=CLOSED&outcome=ROLLED_BACK&page=2&size=10")
                        .with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].id").value("REL-42"))
                .andExpect(jsonPath("$.total").value(21))
                .andExpect(jsonPath("$.page").value(2))
                .andExpect(jsonPath("$.size").value(10));
    }

    @ParameterizedTest
    @CsvSource({
        "size=201, size, 1 to 200",
        "size=0, size, 1 to 200",
        "page=-1, page, 0 or more",
        "page=one, page, whole number",
        "phase=DONE, phase, PRE_RELEASE",
        "outcome=FINE, outcome, SUCCESSFUL"
    })
    void a_filter_at_fault_is_named_with_what_is_allowed(String query, String field, String words) throws Exception {
        mvc.perform(get("/api/v1/releases?" + query).with(as("sam")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value(field))
                .andExpect(jsonPath("$.detail").value(containsString(words)));
    }

    @ParameterizedTest
    @CsvSource({"rollback", "cancel", "hold", "resume"})
    void who_has_no_authority_ends_nothing(String call) throws Exception {
        mvc.perform(json(post("/api/v1/releases/REL-42/" + call), "{'reason': 'It fails.'}")
                        .with(as("erin")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.detail").value(containsString("Ask evan, who is in charge")));
        then(earlyEnd).shouldHaveNoInteractions();
        then(holds).shouldHaveNoInteractions();
    }

    @Test
    void the_release_authority_rolls_back() throws Exception {
        given(earlyEnd.rollBack(REL_42, "It fails.", "adam")).willReturn(release(Phase.ROLLBACK, true));

        mvc.perform(json(post("/api/v1/releases/REL-42/rollback"), "{'reason': 'It fails.'}")
                        .with(as("adam")))
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.phase").value("ROLLBACK"));
    }

    @Test
    void the_release_authority_holds_and_resumes_and_everybody_sees_who_holds_it() throws Exception {
        var held = release(Phase.RELEASE_WINDOW, true);
        given(holds.hold(REL_42, "Look.", "adam")).willReturn(held);
        given(holds.resume(REL_42, "Fine.", "adam")).willReturn(held);
        given(holds.current(REL_42))
                .willReturn(Optional.of(
                        new Hold(1L, 42, "Look.", "adam", Instant.parse("2026-03-02T08:00:00Z"), null, null)))
                .willReturn(Optional.empty());

        mvc.perform(json(post("/api/v1/releases/REL-42/hold"), "{'reason': 'Look.'}")
                        .with(as("adam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.onHold.who").value("adam"))
                .andExpect(jsonPath("$.onHold.reason").value("Look."));
        mvc.perform(json(post("/api/v1/releases/REL-42/resume"), "{'reason': 'Fine.'}")
                        .with(as("adam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.onHold").isEmpty());
        then(holds).should().resume(REL_42, "Fine.", "adam");
    }

    @Test
    void a_phase_that_can_not_be_left_is_a_conflict() throws Exception {
        given(earlyEnd.cancel(REL_42, "Why not.", "rita")).willThrow(new Refusal.Conflict("Release REL-42 can't."));

        mvc.perform(json(post("/api/v1/releases/REL-42/cancel"), "{'reason': 'Why not.'}")
                        .with(as("rita")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("urn:slipway:problem:conflict"))
                .andExpect(jsonPath("$.detail").value("Release REL-42 can't."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"{}", "{'reason': ''}", "{'reason': null}"})
    void a_reason_is_required(String body) throws Exception {
        mvc.perform(json(post("/api/v1/releases/REL-42/rollback"), body).with(as("rita")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("reason"));
    }

    @Test
    void other_mistakes_are_problems_too() throws Exception {
        mvc.perform(delete("/api/v1/releases/REL-42").with(as("rita")))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(header().string("Allow", containsString("GET")))
                .andExpect(jsonPath("$.detail").value(containsString("Possible: GET")));
        mvc.perform(post("/api/v1/releases")
                        .contentType("text/plain")
                        .content("x")
                        .with(as("rita")))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
        mvc.perform(get("/api/v1/releases/REL-42").accept("text/csv").with(as("rita")))
                .andExpect(status().isNotAcceptable());
        mvc.perform(get("/api/v1/nothing").with(as("rita")))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("There is nothing at /api/v1/nothing."));
    }

    @Test
    void a_failure_inside_tells_nothing_of_the_inside() throws Exception {
        willReturn(null).given(flow).waitingFor(REL_42);
        given(flow.waitingFor(REL_42)).willThrow(new IllegalStateException("jdbc:h2:file:/secret"));

        mvc.perform(get("/api/v1/releases/REL-42").with(as("sam")))
                .andExpect(status().isInternalServerError())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value(containsString("reference")))
                .andExpect(content().string(not(containsString("secret"))));
    }

    private void opens(boolean isNew) {
        given(openings.open(any())).willReturn(new Openings.Opening(release(Phase.PRE_RELEASE, false), isNew));
    }

    private ReleaseRequest asked() {
        var request = ArgumentCaptor.forClass(ReleaseRequest.class);
        then(openings).should().open(request.capture());
        return request.getValue();
    }

    private ResultActions open(String body) throws Exception {
        return mvc.perform(json(post("/api/v1/releases"), body).with(as("erin")));
    }

    private static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder call, String body) {
        return call.contentType(MediaType.APPLICATION_JSON)
                .content(body == null ? "" : body.contains("\"") ? body : body.replace('\'', '"'));
    }
}

package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a rollback plan is read, and what is said of a vague one (PRE-4). */
class RollbackPlanTest {

    private static final String AUTO = "[auto] 1 min: give all traffic back to the old version -> sandbox says 100 %";
    private static final String MANUAL = "[manual] olga, 5 min: restart the queue workers -> queue age below 1 s";

    @Test
    void a_step_says_who_how_long_what_and_how_to_verify_it() {
        assertThat(RollbackStep.parse(AUTO))
                .isEqualTo(new RollbackStep(
                        true, null, 1, "give all traffic back to the old version", "sandbox says 100 %"));
        assertThat(RollbackStep.parse(MANUAL))
                .isEqualTo(new RollbackStep(false, "olga", 5, "restart the queue workers", "queue age below 1 s"));
        assertThat(RollbackPlan.of(AUTO + "\n" + MANUAL, null).gaps(false)).isEmpty();
        assertThat(RollbackPlan.of(AUTO + "\n" + MANUAL, null).minutes()).isEqualTo(6);
        assertThat(RollbackPlan.of(AUTO + "\n" + MANUAL, null).inWords()).isEqualTo(AUTO + "\n" + MANUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "olga, 5 min: restart the queue workers -> queue age below 1 s",
                "  [ MANUAL ]olga,5 Minutes :restart the queue workers->queue age below 1 s ",
                "- olga 5min: restart the queue workers → queue age below 1 s",
                "2. [manual] olga, 5 min.: restart the queue workers => queue age below 1 s",
            })
    void blanks_case_and_the_mark_of_a_manual_step_do_not_matter(String line) {
        assertThat(RollbackStep.parse(line).line()).isEqualTo(MANUAL);
    }

    @Test
    void several_people_stand_before_the_minutes() {
        assertThat(RollbackStep.parse("olga, Dora Miller, 90 min: x: y -> z").who())
                .isEqualTo("olga, Dora Miller");
        assertThat(RollbackStep.parse("olga, Dora Miller, 90 min: x: y -> z").what())
                .isEqualTo("x: y");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            [manual] olga, 5 min: restart the workers       | Step 1 says not how to verify it: write "[manual] olga, 5 min: restart the workers -> how to verify it".
            [manual] 5 min: restart the workers             | Step 1 says nobody who does it and not how to verify it: write "[manual] who, 5 min: restart the workers -> how to verify it".
            [manual] restart the workers                    | Step 1 says nobody who does it, not how many minutes it takes (1 to 1,440) and not how to verify it: write "[manual] who, how many min: restart the workers -> how to verify it".
            [auto] restart the workers -> age below 1 s     | Step 1 says not how many minutes it takes (1 to 1,440): write "[auto] how many min: restart the workers -> age below 1 s".
            [auto] 0 min: restart the workers -> below 1 s  | Step 1 says not how many minutes it takes (1 to 1,440): write "[auto] how many min: restart the workers -> below 1 s".
            [auto] 1 min: revert -> traffic is back         | Step 1 says not what is done: write "[auto] 1 min: what is done -> traffic is back".
            [auto] 1 min: restart the workers -> tbd        | Step 1 says not how to verify it: write "[auto] 1 min: restart the workers -> how to verify it".
            olga: restart the workers -> age below 1 s      | Step 1 says not how many minutes it takes (1 to 1,440): write "[manual] olga, how many min: restart the workers -> age below 1 s".
            """)
    void a_step_that_says_too_little_is_told_what_it_lacks(String line, String message) {
        assertThat(messages(line, null)).containsExactly(message);
    }

    @Test
    void every_line_is_told_what_it_lacks() {
        assertThat(messages(AUTO + "\n[manual] restart", "Tell support\n" + MANUAL))
                .hasSize(2)
                .anyMatch(message -> message.startsWith("Step 2 says nobody who does it, "))
                .anyMatch(message -> message.startsWith("Step 3 says nobody who does it, "));
        assertThat(RollbackPlan.of(AUTO, "Tell support").gaps(true).get(0).field())
                .isEqualTo("manualSteps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"as usual", "Restore backup.", "revert", "TBD", "n/a", "Roll back to 1.0.0", "Undo it all", "-"})
    void vague_words_alone_are_no_plan(String text) {
        assertThat(messages(text, null)).singleElement().asString().contains("too vague");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "All traffic goes back to the version that served before.",
                "Give all traffic back to the version before.",
                "Give 1.0.0 all traffic",
                "Give 1.0.0 all traffic;\nthe new column stays.",
            })
    void a_plain_sentence_is_enough_where_the_deployer_gives_the_traffic_back_by_itself(String text) {
        assertThat(RollbackPlan.of(text, null).gaps(true)).isEmpty();
        assertThat(RollbackPlan.of(text, MANUAL).gaps(true)).isEmpty();
        assertThat(RollbackPlan.of(text, null).gaps(false))
                .singleElement()
                .satisfies(gap -> assertThat(gap.message()).contains("No version is known to serve now"));
    }

    @Test
    void no_plan_is_told_how_to_write_one() {
        assertThat(RollbackPlan.of(null, " ").gaps(true)).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(RollbackPlan.Gap.Kind.NO_PLAN);
            assertThat(gap.field()).isEqualTo("rollbackPlan");
            assertThat(gap.message()).contains("[manual] olga, 5 min: restart the queue workers");
        });
    }

    @Test
    void manual_steps_are_those_of_the_plan_and_then_those_of_the_field_each_once() {
        var plan = RollbackPlan.of(MANUAL + "\n" + AUTO, MANUAL + "\nTell support");

        assertThat(plan.manualSteps())
                .extracting(RollbackStep::what)
                .containsExactly("restart the queue workers", "Tell support");
        assertThat(RollbackPlan.lines(List.of())).isNull();
    }

    @Test
    @Timeout(5)
    void an_absurd_line_is_read_in_no_time() {
        assertThat(RollbackStep.parse("a, ".repeat(6_000) + "5 mi: x -> y").minutes())
                .isNull();
        assertThat(RollbackStep.parse("[auto] " + "9".repeat(19_000) + " min: x")
                        .minutes())
                .isNull();
        assertThat(RollbackStep.parse("[auto] 999999999 min: x -> y").minutes()).isNull();
    }

    private static List<String> messages(String plan, String manualSteps) {
        return RollbackPlan.of(plan, manualSteps).gaps(true).stream()
                .map(RollbackPlan.Gap::message)
                .toList();
    }
}

package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to go back (PRE-4): steps, each on a line as {@link RollbackStep} reads it; or a sentence in free text where the
 * service's deployer gives the traffic back by itself. The manual steps may stand among the others or in a field of
 * their own; people carry them out in the order in which they are written.
 */
public final class RollbackPlan {

    /** Shorter free text says too little to go back by. */
    private static final int FEWEST_WORDS = 5;

    private static final String PLAN = "rollbackPlan";
    private static final String MANUAL = "manualSteps";
    private static final String EXAMPLES =
            "\"[auto] 1 min: give all traffic back to the old version -> it serves 100 %\""
                    + " or \"[manual] olga, 5 min: restart the queue workers -> queue age below 1 s\"";

    private final String sentence;
    private final List<RollbackStep> planned;
    private final List<RollbackStep> manual;

    private RollbackPlan(String sentence, List<RollbackStep> planned, List<RollbackStep> manual) {
        this.sentence = sentence;
        this.planned = planned;
        this.manual = manual;
    }

    /**
     * Something that the plan does not say.
     *
     * @param field   {@code rollbackPlan} or {@code manualSteps}, where it should stand
     * @param message what is missing and what to write, for people
     * @param kind    what kind of gap it is
     */
    public record Gap(String field, String message, Kind kind) {

        public enum Kind {
            /** There is no plan at all. */
            NO_PLAN,
            /** A manual step names nobody. */
            NOBODY,
            /** Anything else. */
            VAGUE
        }
    }

    /**
     * @param rollbackPlan steps, one a line, or free text; may be null
     * @param manualSteps  further manual steps, one a line; those that stand in the plan already count once; may be null
     */
    public static RollbackPlan of(String rollbackPlan, String manualSteps) {
        var lines = lines(rollbackPlan);
        var inSteps = lines.stream().anyMatch(RollbackStep::isMeant);
        var planned = inSteps ? lines.stream().map(RollbackStep::parse).toList() : List.<RollbackStep>of();
        var manual = lines(manualSteps).stream()
                .map(RollbackStep::parse)
                .filter(step -> !planned.contains(step))
                .toList();
        return new RollbackPlan(inSteps || lines.isEmpty() ? null : String.join(" ", lines), planned, manual);
    }

    /** @return all steps, in order; empty where the plan is a sentence */
    public List<RollbackStep> steps() {
        return Stream.concat(planned.stream(), manual.stream()).toList();
    }

    /** @return whether it is written step by step, so that a machine can tell whether anything is missing */
    public boolean isInSteps() {
        return sentence == null && !steps().isEmpty();
    }

    /** @return what people carry out, in order, complete or not */
    public List<RollbackStep> manualSteps() {
        return steps().stream().filter(step -> !step.automatic()).toList();
    }

    /** @return the sum of what the steps say, in minutes; 0 where none says it */
    public int minutes() {
        return steps().stream()
                .map(RollbackStep::minutes)
                .filter(minutes -> minutes != null)
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * @param goesBackByItself whether a version is known that the deployer can give all traffic to
     * @return what is missing, in the order of the plan; empty where the plan is complete
     */
    public List<Gap> gaps(boolean goesBackByItself) {
        var gaps = new ArrayList<Gap>();
        if (sentence == null && planned.isEmpty() && manual.isEmpty()) {
            gaps.add(new Gap(
                    PLAN,
                    "There is no rollback plan: write a step a line, such as " + EXAMPLES + ".",
                    Gap.Kind.NO_PLAN));
        }
        if (sentence != null) {
            sentenceGap(goesBackByItself, gaps);
        }
        var number = 1;
        for (var step : steps()) {
            var missing = step.missing();
            if (!missing.isEmpty()) {
                gaps.add(new Gap(number <= planned.size() ? PLAN : MANUAL, inWords(number, step), kind(missing)));
            }
            number++;
        }
        return gaps;
    }

    /** @return one step a line in its notation, or the sentence and the steps after it; empty text where there is none */
    public String inWords() {
        return Stream.concat(Stream.ofNullable(sentence), steps().stream().map(RollbackStep::line))
                .collect(Collectors.joining("\n"));
    }

    /** @return steps as they stand in a form's field, one a line; null where there are none */
    public static String lines(List<RollbackStep> steps) {
        return steps.isEmpty() ? null : steps.stream().map(RollbackStep::line).collect(Collectors.joining("\n"));
    }

    private void sentenceGap(boolean goesBackByItself, List<Gap> gaps) {
        // A version's number alone does not say what to do with it.
        var vague = VagueWords.only(sentence.replaceAll("\\d", ""))
                || VagueWords.words(sentence).size() < FEWEST_WORDS;
        if (vague) {
            gaps.add(new Gap(
                    PLAN,
                    "\"" + shortened(sentence) + "\" is too vague to go back by: write a step a line, such as "
                            + EXAMPLES + ".",
                    Gap.Kind.VAGUE));
        } else if (!goesBackByItself) {
            gaps.add(new Gap(
                    PLAN,
                    "No version is known to serve now, so nothing goes back by itself: write a step a line, such as "
                            + EXAMPLES + ".",
                    Gap.Kind.VAGUE));
        }
    }

    private static Gap.Kind kind(List<RollbackStep.Part> missing) {
        return missing.contains(RollbackStep.Part.WHO) ? Gap.Kind.NOBODY : Gap.Kind.VAGUE;
    }

    private static String inWords(int number, RollbackStep step) {
        var missing = step.missing();
        var lacks = missing.stream().map(RollbackStep.Part::lack).toList();
        var all = lacks.size() == 1
                ? lacks.get(0)
                : String.join(", ", lacks.subList(0, lacks.size() - 1)) + " and " + lacks.get(lacks.size() - 1);
        return "Step " + number + " says " + all + ": write \"" + shortened(asked(step, missing)) + "\".";
    }

    /** What is vague is asked for as if it were missing. */
    private static String asked(RollbackStep step, List<RollbackStep.Part> missing) {
        return new RollbackStep(
                        step.automatic(),
                        step.who(),
                        step.minutes(),
                        missing.contains(RollbackStep.Part.WHAT) ? null : step.what(),
                        missing.contains(RollbackStep.Part.VERIFY) ? null : step.verify())
                .line();
    }

    private static List<String> lines(String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 199) + "…";
    }
}

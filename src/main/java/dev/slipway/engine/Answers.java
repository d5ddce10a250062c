package dev.slipway.engine;

import dev.slipway.release.Evidence;
import dev.slipway.release.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a person answered in a form: checked against the form, told in words. */
final class Answers {

    private final List<FormSchema.Field> asked;
    private final Map<String, Object> values;

    private Answers(List<FormSchema.Field> asked, Map<String, Object> values) {
        this.asked = asked;
        this.values = values;
    }

    /**
     * @param variable reads the answer to a field; null where there is none
     * @param holds    whether a FEEL condition holds for these answers
     * @throws Refusal.BadInput naming the field that is missing or wrong
     */
    static Answers of(
            FormSchema form, Function<String, Object> variable, BiPredicate<String, Map<String, Object>> holds) {
        var values = new LinkedHashMap<String, Object>();
        for (var field : form.fields()) {
            values.put(field.key(), variable.apply(field.key()));
        }
        var asked = form.fields().stream()
                .filter(field -> field.hidden() == null || !holds.test(field.hidden(), values))
                .toList();
        asked.forEach(field -> check(field, values.get(field.key())));
        return new Answers(asked, values);
    }

    private static void check(FormSchema.Field field, Object value) {
        if (isMissing(field, value)) {
            if (field.required()) {
                throw new Refusal.BadInput(
                        field.key(), "\"" + field.label() + "\" (" + field.key() + ") must be answered.");
            }
            return;
        }
        if (!field.choices().isEmpty() && !field.choices().containsKey(value.toString())) {
            throw new Refusal.BadInput(
                    field.key(),
                    "\"" + field.label() + "\" (" + field.key() + ") can't be " + shortened(value) + ". Choose one of: "
                            + field.choices().keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        if (field.longest() != null && value.toString().length() > field.longest()) {
            throw new Refusal.BadInput(
                    field.key(),
                    "\"" + field.label() + "\" (" + field.key() + ") is too long: "
                            + value.toString().length() + " characters, at most " + field.longest() + ".");
        }
        if (field.type().equals("number")) {
            checkNumber(field, value);
        }
    }

    private static void checkNumber(FormSchema.Field field, Object value) {
        double number;
        try {
            number = Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw new Refusal.BadInput(
                    field.key(),
                    "\"" + field.label() + "\" (" + field.key() + ") must be a number, not " + shortened(value) + ".");
        }
        if ((field.least() != null && number < field.least()) || (field.most() != null && number > field.most())) {
            throw new Refusal.BadInput(
                    field.key(),
                    "\"" + field.label() + "\" (" + field.key() + ") can't be " + number + ": " + field.least() + " to "
                            + field.most() + ".");
        }
    }

    private static boolean isMissing(FormSchema.Field field, Object value) {
        return value == null
                || value.toString().isBlank()
                || (field.isCheckbox() && field.required() && !Boolean.TRUE.equals(value));
    }

    private static String shortened(Object value) {
        var text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** @return the fields that were asked and answered, in the order of the form */
    List<FormSchema.Field> answered() {
        return asked.stream()
                .filter(field -> values.get(field.key()) != null
                        && !values.get(field.key()).toString().isBlank())
                .toList();
    }

    String text(FormSchema.Field field) {
        return values.get(field.key()).toString();
    }

    /** @return what the decision of this form means for its requirement */
    Evidence.Result result() {
        return decision()
                .map(field -> switch (text(field)) {
                    case "confirmed", "go", "accept", "go-on", "harmless", "restored" -> Evidence.Result.CONFIRMED;
                    case "rejected", "no-go", "roll-back", "cancel", "given-up" -> Evidence.Result.REJECTED;
                    default -> Evidence.Result.NOTED;
                })
                .orElse(Evidence.Result.NOTED);
    }

    /** @return the decision and its reason, as people say it; empty where the form decides nothing */
    String inWords() {
        var decided = decision()
                .map(field -> field.choices().getOrDefault(text(field), text(field)))
                .orElse("done");
        var reason = reasons();
        return reason.isEmpty() ? decided : decided + ". " + reason;
    }

    /** @return every reason that was given; empty where there is none */
    String reasons() {
        return answered().stream()
                .filter(FormSchema.Field::isReason)
                .map(this::text)
                .collect(Collectors.joining(" "));
    }

    /** @return every answer, a line each */
    String listed() {
        return answered().stream()
                .map(field -> field.label() + ": " + field.choices().getOrDefault(text(field), text(field)))
                .collect(Collectors.joining("\n"));
    }

    private Optional<FormSchema.Field> decision() {
        return answered().stream().filter(FormSchema.Field::isDecision).findFirst();
    }
}

package dev.slipway.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a form in {@code forms/} asks for, as far as the answers must be checked on the server: a form is drawn in the
 * browser, and the API can be called without it.
 *
 * @param fields in the order of the form
 */
record FormSchema(List<Field> fields) {

    static final FormSchema NONE = new FormSchema(List.of());

    /**
     * @param key         the variable
     * @param label       what the person reads
     * @param type        such as {@code radio}
     * @param required    whether there must be an answer, unless it is hidden
     * @param longest     most characters; null where there is no limit
     * @param least       smallest number; null where there is no limit
     * @param most        largest number; null where there is no limit
     * @param choices     label by value; empty where anything may be answered
     * @param hidden      FEEL condition under which it is not asked; null where it always is
     * @param requirement the requirement that it answers, where it is not the task's; may be null
     */
    record Field(
            String key,
            String label,
            String type,
            boolean required,
            Integer longest,
            Double least,
            Double most,
            Map<String, String> choices,
            String hidden,
            String requirement) {

        boolean isDecision() {
            return key.endsWith("Decision");
        }

        boolean isReason() {
            return key.endsWith("Reason") || key.endsWith("Note");
        }

        boolean isCheckbox() {
            return type.equals("checkbox");
        }
    }

    static FormSchema of(JsonNode form) {
        var fields = new ArrayList<Field>();
        collect(form.path("components"), fields);
        return new FormSchema(List.copyOf(fields));
    }

    private static void collect(JsonNode components, List<Field> fields) {
        for (var component : components) {
            if (component.path("type").asText().equals("group")) {
                collect(component.path("components"), fields);
            } else if (component.hasNonNull("key")) {
                fields.add(field(component));
            }
        }
    }

    private static Field field(JsonNode component) {
        var validate = component.path("validate");
        var choices = new LinkedHashMap<String, String>();
        component
                .path("values")
                .forEach(choice -> choices.put(
                        choice.path("value").asText(), choice.path("label").asText()));
        var hide = component.path("conditional").path("hide").asText(null);
        return new Field(
                component.path("key").asText(),
                component
                        .path("label")
                        .asText(component
                                .path("dateLabel")
                                .asText(component.path("key").asText())),
                component.path("type").asText(),
                validate.path("required").asBoolean(false),
                validate.hasNonNull("maxLength") ? validate.path("maxLength").asInt() : null,
                validate.hasNonNull("min") ? validate.path("min").asDouble() : null,
                validate.hasNonNull("max") ? validate.path("max").asDouble() : null,
                Collections.unmodifiableMap(choices),
                hide,
                component.path("properties").path("requirement").asText(null));
    }
}

package dev.slipway.release;

import java.util.Map;
import java.util.Set;

/**
 * What a person should see before answering a task. Every room may brief on the tasks it knows something about; the
 * engine room shows all briefings of a task above its form.
 */
public interface Briefing {

    /** @return ids of the user tasks, as in the diagrams */
    Set<String> tasks();

    /** @return Markdown, short; empty text where there is nothing to say */
    String about(ReleaseId release, String task);

    /** @return what was found and is to be judged, as a Markdown table; empty text where there is nothing */
    default String findings(ReleaseId release, String task) {
        return "";
    }

    /** @return what the form's fields begin with, by field key; empty where the person begins from nothing */
    default Map<String, Object> prefill(ReleaseId release, String task) {
        return Map.of();
    }
}

package dev.slipway.release;

import java.util.List;
import java.util.Map;

/** What the rooms may ask of whatever moves a release through its phases. The engine room implements it. */
public interface ReleaseFlow {

    /** Something that a diagram can wait for. */
    enum Event {
        THRESHOLD_BREACHED,
        ALERT_FIRED,
        PROBLEM_REPORTED,
        DEPLOYMENT_REPORTED,
        ROLLBACK_REQUESTED,
        CANCEL_REQUESTED
    }

    /**
     * Opens a release and moves it to where it first waits.
     *
     * @throws Refusal.BadInput   where a field can't be accepted
     * @throws Refusal.NotAllowed where the requester may not open releases
     */
    Release open(ReleaseRequest request);

    /**
     * Tells the release's diagram what happened.
     *
     * @param details variables for the diagram; names as in the diagram
     * @return false where no token waits for it; nothing has changed then
     */
    boolean tell(ReleaseId release, Event event, Map<String, Object> details);

    /**
     * Answers a task in a person's name, as they would in Tasklist.
     *
     * @param task    the user task's id in its diagram
     * @param answers by form field
     * @throws Refusal.Conflict   where the task is not open any more
     * @throws Refusal.NotAllowed where it is not that person's to answer
     * @throws Refusal.BadInput   where an answer can't be accepted
     */
    void answer(ReleaseId release, String task, String person, Map<String, Object> answers);

    /**
     * What a task asks of a person, as it stands in Tasklist.
     *
     * @param name     what the task is called
     * @param briefing what the person should know first; Markdown
     * @param fields   in the order of the form
     */
    record Question(String name, String briefing, List<Field> fields) {

        /**
         * @param key      what the answer is called
         * @param label    what the person reads
         * @param kind     {@code checkbox}, {@code number}, {@code textarea}, or another for a line of text
         * @param required whether there must be an answer
         * @param choices  label by value, in order; empty where anything may be answered
         * @param known    what stands in the field already; may be null
         */
        public record Field(
                String key, String label, String kind, boolean required, Map<String, String> choices, String known) {}
    }

    /**
     * @param task   the user task's id in its diagram
     * @param person who is to answer it
     * @throws Refusal.Conflict   where the task is not open any more
     * @throws Refusal.NotAllowed where it is not that person's to answer
     */
    Question question(ReleaseId release, String task, String person);

    /**
     * @param task the user task's id in its diagram
     * @return whether it is open
     */
    boolean isAsked(ReleaseId release, String task);

    /** @return what the release waits for, longest wait first; empty while it is moving or closed */
    List<WaitingFor> waitingFor(ReleaseId release);
}

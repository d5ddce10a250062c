package dev.slipway.release;

import java.time.Instant;

/**
 * What a release waits for now.
 *
 * @param task     the name of the task or event in the diagram
 * @param taskId   the engine's id of the user task, for the link into Tasklist; null where it waits for no person
 * @param owner    the person or group whose turn it is, or {@code clock}, {@code deployer}
 * @param since    when the wait began
 * @param due      when it should be over; may be null
 * @param fallback what happens if nobody acts; may be null
 */
public record WaitingFor(String task, String taskId, String owner, Instant since, Instant due, String fallback) {}

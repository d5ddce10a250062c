package dev.slipway.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * How long people have: the diagram's own period, or what the service definition says under {@code deadlines} for the
 * same name. Periods are ISO 8601 durations.
 */
@InDiagrams
@Component
public class Deadlines {

    private final PinnedDefinition definition;
    private final Clock clock;

    Deadlines(PinnedDefinition definition, Clock clock) {
        this.definition = definition;
        this.clock = clock;
    }

    /** @return when a task that begins now is due */
    public Date due(DelegateExecution execution, String name, String fallback) {
        return Date.from(clock.instant().plus(length(execution, name, fallback)));
    }

    /** @return the period from the beginning of the task to its due date */
    public String period(DelegateExecution execution, String name, String fallback) {
        return length(execution, name, fallback).toString();
    }

    /** @return the period from the beginning of the task to its reminder: half of the time */
    public String reminder(DelegateExecution execution, String name, String fallback) {
        return length(execution, name, fallback).dividedBy(2).toString();
    }

    private Duration length(DelegateExecution execution, String name, String fallback) {
        var own = definition.of(execution).deadlines().get(name);
        return own == null ? Duration.parse(fallback) : own;
    }
}

package dev.slipway.catalog;

import dev.slipway.catalog.ServiceDefinition.AlertRule;
import dev.slipway.catalog.ServiceDefinition.Communication;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.Observation;
import dev.slipway.catalog.ServiceDefinition.OnCall;
import dev.slipway.catalog.ServiceDefinition.Owner;
import dev.slipway.catalog.ServiceDefinition.Repository;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.ServiceDefinition.Rollout;
import dev.slipway.catalog.ServiceDefinition.Signals;
import dev.slipway.catalog.ServiceDefinition.Tests;
import dev.slipway.catalog.ServiceDefinition.Windows;
import java.util.List;
import java.util.Map;

/** A service for tests: a name, no group of its own, and those sections that the test is about. */
public final class SampleService {

    private final String name;
    private Owner owner = new Owner(null, null);
    private OnCall onCall;
    private Repository repository;
    private Rollout rollout;
    private Rollback rollback;
    private Observation observation;
    private List<Metric> metrics = List.of();
    private List<AlertRule> alerts = List.of();
    private Signals signals = Signals.USUAL;
    private List<String> related = List.of();
    private Windows windows;
    private Communication communication;
    private Tests tests;
    private Map<String, Settings> settings = Map.of();

    private SampleService(String name) {
        this.name = name;
    }

    public static SampleService called(String name) {
        return new SampleService(name);
    }

    public SampleService with(Owner its) {
        owner = its;
        return this;
    }

    public SampleService with(OnCall its) {
        onCall = its;
        return this;
    }

    public SampleService with(Repository its) {
        repository = its;
        return this;
    }

    public SampleService with(Rollout its) {
        rollout = its;
        return this;
    }

    public SampleService with(Rollback its) {
        rollback = its;
        return this;
    }

    public SampleService with(Observation its) {
        observation = its;
        return this;
    }

    public SampleService with(Metric... its) {
        metrics = List.of(its);
        return this;
    }

    public SampleService with(AlertRule... its) {
        alerts = List.of(its);
        return this;
    }

    public SampleService with(Signals its) {
        signals = its;
        return this;
    }

    public SampleService relatedTo(String... its) {
        related = List.of(its);
        return this;
    }

    public SampleService with(Windows its) {
        windows = its;
        return this;
    }

    public SampleService with(Communication its) {
        communication = its;
        return this;
    }

    public SampleService with(Tests its) {
        tests = its;
        return this;
    }

    public SampleService with(String adapter, Settings its) {
        settings = Map.of(adapter, its);
        return this;
    }

    public ServiceDefinition definition() {
        return new ServiceDefinition(
                name,
                owner,
                onCall,
                repository,
                null,
                rollout,
                rollback,
                observation,
                metrics,
                alerts,
                signals,
                related,
                windows,
                communication,
                tests,
                Map.of(),
                Map.of(),
                settings);
    }

    /** @return sources with neither a form of ticket keys nor rules of their own; each part may be null */
    public static Repository sources(String path, String url, String migrations) {
        return new Repository(path, url, migrations, null, List.of());
    }
}

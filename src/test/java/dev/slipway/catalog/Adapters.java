package dev.slipway.catalog;

import java.util.ArrayList;
import java.util.List;

/** Adapters that tests can name. */
final class Adapters {

    static final List<Adapter> ALL = List.of(
            new Stub("haproxy", Adapter.Kind.DEPLOYER),
            new Stub("sandbox", Adapter.Kind.DEPLOYER),
            new Stub("prometheus", Adapter.Kind.METRIC_SOURCE),
            new Stub("scrape", Adapter.Kind.METRIC_SOURCE),
            new Stub("slack", Adapter.Kind.CHANNEL),
            new Stub("in-app", Adapter.Kind.CHANNEL));

    private Adapters() {}

    /** Complains of a {@code url} that is none, and of a {@code timeout} that is no duration, as real ones do. */
    record Stub(String name, Adapter.Kind kind) implements Adapter {

        @Override
        public List<String> problems(Settings settings) {
            var problems = new ArrayList<String>();
            settings.text("url")
                    .filter(url -> !url.startsWith("http"))
                    .ifPresent(url -> problems.add("url: " + url + " is not an http URL."));
            if (name.equals("scrape") && settings.text("url").isEmpty()) {
                problems.add("url is missing");
            }
            settings.duration("timeout", null);
            return problems;
        }
    }
}

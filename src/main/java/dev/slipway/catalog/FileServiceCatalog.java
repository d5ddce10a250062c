package dev.slipway.catalog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The services of a directory of files. It is read at first need and looked at again every two seconds; adapters and
 * placeholders are asked for only then, because some know their address only when the server has started.
 */
@Component
class FileServiceCatalog implements ServiceCatalog, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(FileServiceCatalog.class);

    private final Path directory;
    private final ObjectProvider<Adapter> adapters;
    private final ObjectProvider<Placeholders> placeholders;
    private final DefinitionStore store;
    private volatile ServiceFiles files;
    private String directoryProblem = "";

    FileServiceCatalog(
            CatalogProperties properties,
            ObjectProvider<Adapter> adapters,
            ObjectProvider<Placeholders> placeholders,
            DefinitionStore store) {
        this.directory = Path.of(properties.servicesDir());
        this.adapters = adapters;
        this.placeholders = placeholders;
        this.store = store;
    }

    @Override
    public List<String> services() {
        return files().services();
    }

    @Override
    public Optional<ServiceDefinition> find(String service) {
        return files().find(service).map(ServiceFiles.Good::definition);
    }

    @Override
    public Optional<Pinned> pin(String service) {
        return files().find(service).map(good -> new Pinned(store.keep(service, good.text()), good.definition()));
    }

    /** @throws IllegalStateException where the text can't be understood any more, which no release may cause */
    @Override
    public ServiceDefinition pinned(long id) {
        var stored = store.find(id)
                .orElseThrow(() -> new NoSuchElementException("No service definition was pinned as " + id + "."));
        var name = stored.service() + " (pinned as " + id + ")";
        var file = reader().read(name, stored.text(), Purpose.READ_AGAIN);
        if (file.definition() == null) {
            throw new IllegalStateException(joined(file.problems()));
        }
        return file.definition();
    }

    @Override
    public List<String> problems() {
        return files().problems().stream().map(FileProblem::toString).toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("slipway.services", this, catalog -> catalog.services().size())
                .description("Services that can be released")
                .register(registry);
        Gauge.builder(
                        "slipway.services.problems",
                        this,
                        catalog -> catalog.problems().size())
                .description("What is wrong with service definitions that were refused")
                .register(registry);
    }

    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    synchronized void look() {
        var before = files == null ? ServiceFiles.NONE : files;
        try {
            var now = before.next(paths(), reader());
            files = now;
            report(now, before);
        } catch (IOException e) {
            warnOfDirectory("can't be read (" + e.getClass().getSimpleName() + "); what was in force stays in force.");
            files = before;
        }
    }

    private ServiceFiles files() {
        if (files == null) {
            synchronized (this) {
                if (files == null) {
                    look();
                }
            }
        }
        return files;
    }

    private List<Path> paths() throws IOException {
        if (!Files.isDirectory(directory)) {
            warnOfDirectory("does not exist: no service can be released. Set SLIPWAY_SERVICES_DIR.");
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            var paths =
                    entries.filter(FileServiceCatalog::isDefinition).sorted().toList();
            directoryProblem = "";
            return paths;
        }
    }

    private static boolean isDefinition(Path path) {
        var name = path.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }

    private ServiceFileReader reader() {
        var sources = placeholders.orderedStream().toList();
        return new ServiceFileReader(
                new KnownAdapters(adapters.orderedStream().toList()),
                name -> sources.stream()
                        .flatMap(source -> source.value(name).stream())
                        .findFirst());
    }

    private void warnOfDirectory(String problem) {
        if (!problem.equals(directoryProblem)) {
            LOG.warn("The directory of service definitions, {}, {}", directory, problem);
            directoryProblem = problem;
        }
    }

    private static void report(ServiceFiles now, ServiceFiles before) {
        now.changesSince(before).forEach((path, problems) -> {
            if (problems.isEmpty()) {
                LOG.info("{} is accepted.", path);
            } else {
                LOG.warn(
                        "{} is refused; {}.\n{}",
                        path,
                        now.files().get(path).good() == null
                                ? "its service can't be released"
                                : "its last good version stays in force",
                        joined(problems));
            }
        });
        if (!now.services().equals(before.services())) {
            LOG.info("Services that can be released: {}", now.services());
        }
    }

    private static String joined(List<FileProblem> problems) {
        return problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n"));
    }
}

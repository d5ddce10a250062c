package dev.slipway.calendar;

import dev.slipway.catalog.ServiceCatalog;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reads the freezes and holidays of all services anew from their addresses, so that the copy that is kept is from the day
 * on which an address fails, not from the day of the last release.
 */
@Component
class CalendarRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarRefresh.class);

    private final ServiceCatalog catalog;
    private final KeptCalendars calendars;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "calendars");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);

    CalendarRefresh(ServiceCatalog catalog, KeptCalendars calendars) {
        this.catalog = catalog;
        this.calendars = calendars;
    }

    /** Does not wait for the answers: a calendar that is slow must not hold up what else runs on this clock. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void begin() {
        if (round.isDone()) {
            round = CompletableFuture.runAsync(this::refresh, reader);
        }
    }

    /** Reads every calendar that is due. */
    void refresh() {
        catalog.services().stream()
                .flatMap(service -> catalog.find(service).stream())
                .flatMap(
                        definition -> List.of(
                                definition.windows().freezes(),
                                definition.windows().holidays())
                                .stream())
                .flatMap(Collection::stream)
                .distinct()
                .filter(calendars::isDue)
                .forEach(this::read);
    }

    private void read(String place) {
        try {
            calendars.now(place);
        } catch (UnreadableCalendar e) {
            // It stands in the log; whoever needs the calendar is told again.
            LOG.debug("{} is read again later", Calendars.name(place), e);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The copy of the calendar {} could not be kept; it is read again later.", Calendars.name(place), e);
        }
    }

    @PreDestroy
    void stop() {
        reader.shutdownNow();
    }
}

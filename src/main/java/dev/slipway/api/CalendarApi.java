package dev.slipway.api;

import dev.slipway.calendar.PublishedCalendar;
import dev.slipway.calendar.PublishedEvent;
import dev.slipway.release.ReleaseLink;
import dev.slipway.window.Schedule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Windows and freezes for calendar programs. */
@RestController
@Tag(name = "Calendar")
class CalendarApi {

    private static final MediaType ICALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final Duration BACK = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(365);
    private static final Duration REFRESH = Duration.ofMinutes(15);

    private final Schedule schedule;
    private final ReleaseLink link;
    private final Clock clock;

    CalendarApi(Schedule schedule, ReleaseLink link, Clock clock) {
        this.schedule = schedule;
        this.link = link;
        this.clock = clock;
    }

    @GetMapping({"/calendar.ics", "/api/v1/calendar.ics"})
    @Operation(
            operationId = "getCalendar",
            summary = "Windows and freezes as iCalendar",
            description = "For calendar programs that subscribe to it, with user name and password. Windows of releases"
                    + " that are planned or run, and freezes, from 30 days ago to a year ahead.")
    @ApiResponse(
            responseCode = "200",
            description = "The calendar.",
            content =
                    @Content(
                            mediaType = "text/calendar",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(Examples.CALENDAR)))
    ResponseEntity<String> calendar(
            @Parameter(description = "Only of this service.", example = "checkout")
                    @RequestParam(name = "service", required = false)
                    String service) {
        var now = clock.instant();
        var content = schedule.between(now.minus(BACK), now.plus(AHEAD), service);
        var events = new ArrayList<PublishedEvent>();
        content.windows().forEach(window -> events.add(event(window)));
        content.closures().stream().filter(Schedule.Closure::isFreeze).forEach(freeze -> events.add(event(freeze)));
        // A calendar without the freezes that nobody knows would look as if there were none.
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        content.notes().forEach(note -> events.add(unsure(note, today)));
        return ResponseEntity.ok()
                .contentType(ICALENDAR)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(PublishedCalendar.text(
                        service == null ? "Slipway" : "Slipway: " + service, REFRESH, now, events));
    }

    private PublishedEvent event(Schedule.Window window) {
        var address = link.to(window.release());
        return new PublishedEvent(
                uid(window.release().toString()),
                window.name() + words(window.state()),
                window.release() + ", in charge: " + window.owner() + "\n" + address,
                URI.create(address),
                "RELEASE",
                true,
                window.time().from(),
                window.time().to(),
                null,
                null);
    }

    private static String words(Schedule.State state) {
        return switch (state) {
            case PLANNED -> "";
            case RUNNING -> " (under way)";
            case MISSED -> " (missed its window)";
        };
    }

    private PublishedEvent event(Schedule.Closure freeze) {
        var days = freeze.days();
        var first = days == null ? null : LocalDate.ofInstant(freeze.time().from(), days);
        var last = days == null ? null : LocalDate.ofInstant(freeze.time().to(), days);
        return new PublishedEvent(
                uid("freeze " + freeze.calendar() + " " + freeze.summary() + " " + freeze.time()),
                "Freeze: " + freeze.summary(),
                "No release of " + String.join(", ", freeze.services()) + " (" + freeze.calendar() + ")",
                null,
                "FREEZE",
                false,
                days == null ? freeze.time().from() : null,
                days == null ? freeze.time().to() : null,
                first,
                last);
    }

    private PublishedEvent unsure(String note, LocalDate today) {
        return new PublishedEvent(
                uid("unsure " + note.replaceAll("What it said .* ago", "")),
                "Freezes are not quite sure",
                note,
                null,
                "FREEZE",
                false,
                null,
                null,
                today,
                today.plusDays(1));
    }

    /** @return the same for the same name, and another at another address of Slipway */
    private String uid(String name) {
        var host = URI.create(link.base()).getHost();
        var local = name.matches("REL-\\d+")
                ? name.toLowerCase(Locale.ROOT)
                : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return local + "@" + (host == null ? "slipway" : host);
    }
}

package dev.slipway.calendar;

import dev.slipway.http.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.fortuna.ical4j.data.ParserException;

/** Reads iCalendar (RFC 5545) files and URLs. */
@org.springframework.stereotype.Component
public class Calendars {

    private static final int LARGEST = 5_000_000;
    private static final String WEBCAL = "webcal://";

    private final Path directory;
    private final CalendarProperties properties;
    private final HttpClient http;

    public Calendars(CalendarProperties properties, ServiceFilesProperties files) {
        this.directory = properties.directory() == null ? files.servicesDir() : properties.directory();
        this.properties = properties;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.timeout())
                .build();
    }

    /**
     * Reads the calendar anew and says what is on.
     *
     * @param place a file, relative to the calendars' directory, or an address that begins with http, https or webcal
     * @param zone  of days and of times that name none
     * @return every occurrence that covers {@code at}
     * @throws UnreadableCalendar where it can't be fetched or is no iCalendar
     */
    public List<CalendarEvent> covering(String place, ZoneId zone, Instant at) throws UnreadableCalendar {
        return between(place, zone, at, at.plusMillis(1)).stream()
                .filter(event -> event.covers(at))
                .toList();
    }

    /**
     * Reads the calendar anew and says what is on in a stretch of time.
     *
     * @param place as above
     * @param zone  as above
     * @return every occurrence that shares a moment with the time from {@code from} to {@code to}
     * @throws UnreadableCalendar where it can't be fetched or is no iCalendar
     */
    public List<CalendarEvent> between(String place, ZoneId zone, Instant from, Instant to) throws UnreadableCalendar {
        return occurrences(place, bytes(place), zone, from, to);
    }

    /**
     * @param bytes what the calendar says
     * @return every occurrence that shares a moment with that time
     * @throws UnreadableCalendar where it is no iCalendar
     */
    static List<CalendarEvent> occurrences(String place, byte[] bytes, ZoneId zone, Instant from, Instant to)
            throws UnreadableCalendar {
        try {
            return Occurrences.in(bytes, zone, from, to);
        } catch (ParserException | IOException e) {
            throw new UnreadableCalendar(place, "it is no iCalendar (" + e.getMessage() + ")", e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnreadableCalendar(place, "one of its events has no valid time (" + e.getMessage() + ")", e);
        } catch (RuntimeException e) {
            // What the library throws at what it did not expect; it comes from outside, and is no reason to fail.
            throw new UnreadableCalendar(
                    place, "what it says is not understood (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** @return how a calendar is named to people: of an address only the host, for the rest is often a secret */
    public static String name(String place) {
        if (!isAddress(place)) {
            return place;
        }
        try {
            var host = URI.create(place).getHost();
            return host == null ? "at an address without a host" : "at " + host;
        } catch (IllegalArgumentException e) {
            return "at an address that is none";
        }
    }

    static boolean isAddress(String place) {
        var lower = place.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith(WEBCAL);
    }

    /** @throws UnreadableCalendar where it can't be fetched */
    byte[] bytes(String place) throws UnreadableCalendar {
        return isAddress(place) ? fetch(place) : read(place);
    }

    private byte[] read(String place) throws UnreadableCalendar {
        var file = directory.resolve(place);
        try {
            if (Files.size(file) > LARGEST) {
                throw new UnreadableCalendar(place, "it is larger than " + LARGEST + " bytes", null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableCalendar(place, "there is no such file in " + directory, e);
        } catch (IOException e) {
            throw new UnreadableCalendar(place, e.getMessage(), e);
        }
    }

    /** Programs that export calendars write webcal for what is fetched by https. */
    private static URI address(String place) {
        var isWebcal = place.toLowerCase(Locale.ROOT).startsWith(WEBCAL);
        return URI.create(isWebcal ? "https://" + place.substring(WEBCAL.length()) : place);
    }

    private byte[] fetch(String place) throws UnreadableCalendar {
        var timeout = properties.timeout();
        CompletableFuture<HttpResponse<byte[]>> call = null;
        try {
            var request = HttpRequest.newBuilder(address(place)).build();
            call = http.sendAsync(request, BoundedBody.atMost(LARGEST));
            // One limit for head and body; a request's own ends with the head.
            var response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new UnreadableCalendar(place, "it answered with status " + response.statusCode(), null);
            }
            return response.body();
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new UnreadableCalendar(place, "no answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new UnreadableCalendar(
                    place, "no answer (" + e.getCause().getClass().getSimpleName() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableCalendar(place, "it is no address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableCalendar(place, "reading it was interrupted", e);
        }
    }
}

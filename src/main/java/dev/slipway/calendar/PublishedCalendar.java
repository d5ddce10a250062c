package dev.slipway.calendar;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Writes events as iCalendar (RFC 5545), for calendar programs that subscribe to it (RFC 7986). */
public final class PublishedCalendar {

    private PublishedCalendar() {}

    /**
     * @param name    how calendar programs call it
     * @param refresh how often they should read it again
     * @param at      when it is written
     */
    public static String text(String name, Duration refresh, Instant at, List<PublishedEvent> events) {
        var calendar = new Calendar();
        calendar.add(new ProdId("-//Slipway//Release calendar//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(new XProperty("X-WR-CALNAME", name));
        calendar.add(new RefreshInterval(new ParameterList(List.of(Value.DURATION)), refresh));
        calendar.add(new XProperty("X-PUBLISHED-TTL", refresh.toString()));
        events.forEach(event -> calendar.add(event(event, at)));
        try (var text = new StringWriter()) {
            // Not validated: that nothing is planned is no error, though the standard asks for something.
            new CalendarOutputter(false).output(calendar, text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can always be written", e);
        }
    }

    private static VEvent event(PublishedEvent said, Instant at) {
        var event = new VEvent(false);
        event.add(new Uid(said.uid()));
        event.add(new DtStamp(at));
        event.add(said.firstDay() == null ? new DtStart<>(said.from()) : new DtStart<>(said.firstDay()));
        event.add(said.firstDay() == null ? new DtEnd<>(said.to()) : new DtEnd<>(said.lastDay()));
        event.add(new Summary(said.summary()));
        if (said.description() != null) {
            event.add(new Description(said.description()));
        }
        if (said.link() != null) {
            event.add(new Url(said.link()));
        }
        event.add(new Categories(said.category()));
        event.add(said.isBusy() ? ImmutableTransp.OPAQUE : ImmutableTransp.TRANSPARENT);
        return event;
    }
}

package dev.slipway.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import net.fortuna.ical4j.data.CalendarParser;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;

/**
 * Reads times without looking at their zones, which are kept beside them by name. The library's own zones are not used:
 * they miss that Kathmandu is at 5:45 and that Apia crossed the date line, and are an hour off in some weeks of spring.
 */
final class NamedZones implements CalendarParser {

    /** Where the name of a zone is kept. */
    static final String PARAMETER = "X-SLIPWAY-TZID";

    private static final String TZID = "TZID";

    private final CalendarParser parser = new CalendarParserImpl();

    @Override
    public void parse(InputStream in, ContentHandler handler) throws IOException, ParserException {
        parser.parse(in, new Renaming(handler));
    }

    @Override
    public void parse(Reader in, ContentHandler handler) throws IOException, ParserException {
        parser.parse(in, new Renaming(handler));
    }

    private record Renaming(ContentHandler next) implements ContentHandler {

        @Override
        public void parameter(String name, String value) {
            next.parameter(name.equalsIgnoreCase(TZID) ? PARAMETER : name, value);
        }

        @Override
        public void startCalendar() {
            next.startCalendar();
        }

        @Override
        public void endCalendar() throws IOException {
            next.endCalendar();
        }

        @Override
        public void startComponent(String name) {
            next.startComponent(name);
        }

        @Override
        public void endComponent(String name) {
            next.endComponent(name);
        }

        @Override
        public void startProperty(String name) {
            next.startProperty(name);
        }

        @Override
        public void propertyValue(String value) {
            next.propertyValue(value);
        }

        @Override
        public void endProperty(String name) {
            next.endProperty(name);
        }
    }
}

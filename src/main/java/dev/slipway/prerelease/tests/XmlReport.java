package dev.slipway.prerelease.tests;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Goes through an XML document from one start or end of an element to the next. Document types are passed over: nothing
 * that they name is fetched, and no entity of theirs is known.
 */
final class XmlReport {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*\\d{1,18}\\s*");
    private static final Pattern DECIMAL = Pattern.compile("\\s*\\d{1,15}(\\.\\d{1,30})?([eE][-+]?\\d{1,3})?\\s*");

    private final XMLStreamReader reader;
    private int depth;
    private boolean ended;

    private XmlReport(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        // The one of the JDK, whatever else is on the class path: what is set below is known to hold for it.
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        return factory;
    }

    /** Stands before the first element. */
    static XmlReport of(InputStream in) throws IOException, MalformedReport {
        try {
            return new XmlReport(factory().createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            throw problem(e, 1);
        }
    }

    /** @return false where the document is over */
    boolean next() throws IOException, MalformedReport {
        try {
            if (ended) {
                depth--;
                ended = false;
            }
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        ended = true;
                        return true;
                    }
                    default -> {
                        // Text says nothing that is counted.
                    }
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw problem(e, line());
        }
    }

    /** @return whether an element of that name, in whatever namespace, begins here */
    boolean begins(String element) {
        return !ended && reader.getLocalName().equals(element);
    }

    boolean ends(String element) {
        return ended && reader.getLocalName().equals(element);
    }

    String element() {
        return reader.getLocalName();
    }

    /** @return 1 for the root */
    int depth() {
        return depth;
    }

    int line() {
        return Math.max(1, reader.getLocation().getLineNumber());
    }

    /** @return null where there is none */
    String attribute(String name) {
        return reader.getAttributeValue(null, name);
    }

    /** @return 0 or more; null where there is no such attribute */
    Long number(String name) throws MalformedReport {
        var text = attribute(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new MalformedReport(line(), name + "=\"" + Texts.cut(text) + "\" is not a whole number");
        }
        return Long.valueOf(text.strip());
    }

    /** @return null where there is none, or something that is no decimal number */
    Double decimal(String name) {
        var text = attribute(name);
        return text != null && DECIMAL.matcher(text).matches() ? Double.valueOf(text.strip()) : null;
    }

    private static MalformedReport problem(XMLStreamException e, int known) throws IOException {
        // Bytes that are no text are the report's fault; a connection that broke is not.
        if (e.getNestedException() instanceof IOException io && !(io instanceof CharConversionException)) {
            throw io;
        }
        var line = e.getLocation() == null ? known : Math.max(1, e.getLocation().getLineNumber());
        return new MalformedReport(line, Texts.cut(reason(e)), e);
    }

    /** Without the position, which is told apart. */
    private static String reason(XMLStreamException e) {
        var text = e.getMessage() == null ? "it is no XML" : e.getMessage();
        var message = text.indexOf("Message: ");
        var reason = message < 0 ? text : text.substring(message + "Message: ".length());
        return reason.strip().replaceAll("\\.$", "");
    }
}

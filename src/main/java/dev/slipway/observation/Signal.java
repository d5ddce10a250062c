package dev.slipway.observation;

import java.util.HashMap;
import java.util.Map;

/** What the diagram hears with an alert or with problem reports. */
final class Signal {

    private Signal() {}

    /**
     * @param text  what a person reads; at most 3,900 characters
     * @param stops whether the release goes back at once, so that the text is the reason for it
     * @return variables for the diagram
     */
    static Map<String, Object> of(String text, boolean stops) {
        var details = new HashMap<String, Object>(Map.of("signalText", text, "signalStops", stops));
        if (stops) {
            details.put("exitReason", text);
        }
        return details;
    }
}

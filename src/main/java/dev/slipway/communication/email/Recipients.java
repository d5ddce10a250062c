package dev.slipway.communication.email;

import dev.slipway.catalog.Settings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Setting {@code to}: addresses for everything, or addresses by team. */
final class Recipients {

    static final String TO = "to";

    private Recipients() {}

    /**
     * @param team one of Slipway's groups; null for everybody
     * @return those of the team where it has any, else all
     */
    static List<String> of(Settings settings, String team) {
        var to = settings.values().get(TO);
        if (to instanceof Map<?, ?> teams) {
            if (team != null && teams.containsKey(team)) {
                return addresses(teams.get(team));
            }
            Set<String> all = new LinkedHashSet<>();
            teams.values().forEach(some -> all.addAll(addresses(some)));
            return List.copyOf(all);
        }
        return addresses(to);
    }

    /** @return what is wrong, a sentence each, beginning with the setting's name */
    static List<String> problems(Settings settings) {
        var problems = new ArrayList<String>();
        var all = of(settings, null);
        if (all.isEmpty()) {
            problems.add(TO + " is missing: who gets the mails, such as [releases@example.com], or {support:"
                    + " [desk@example.com], qa: [qa@example.com]}");
        }
        for (var address : all) {
            try {
                new InternetAddress(address, true);
                if (!address.contains("@")) {
                    throw new AddressException();
                }
            } catch (AddressException e) {
                problems.add(TO + ": " + address + " is not an address such as desk@example.com");
            }
        }
        return problems;
    }

    private static List<String> addresses(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).map(String::strip).toList();
        }
        return value == null || value.toString().isBlank()
                ? List.of()
                : List.of(value.toString().strip());
    }
}

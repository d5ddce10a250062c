package dev.slipway.prerelease.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is on call when, in a stretch of time.
 *
 * @param from   when it begins
 * @param to     when it is over
 * @param zone   in which times are told to people
 * @param shifts within {@code from} and {@code to}, by begin and then by person; of one person they neither touch nor
 *               overlap
 */
public record Cover(Instant from, Instant to, ZoneId zone, List<Shift> shifts) {

    public Cover {
        shifts = joined(shifts);
    }

    /** Nobody is on call from {@code from} to before {@code to}. */
    public record Gap(Instant from, Instant to) {}

    /**
     * Somebody goes off call while the release may still need them, and others stay or come.
     *
     * @param at      when
     * @param leaving who goes; at least one
     * @param onCall  who is on call from then on; at least one
     */
    public record HandOver(Instant at, Set<String> leaving, Set<String> onCall) {}

    /** @return in order of time; empty where somebody is on call at every moment */
    public List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        var coveredTo = from;
        for (var shift : shifts) {
            if (shift.from().isAfter(coveredTo)) {
                gaps.add(new Gap(coveredTo, shift.from()));
            }
            coveredTo = shift.to().isAfter(coveredTo) ? shift.to() : coveredTo;
        }
        if (coveredTo.isBefore(to)) {
            gaps.add(new Gap(coveredTo, to));
        }
        return List.copyOf(gaps);
    }

    /** @return in order of time; where a gap follows, nothing is handed over */
    public List<HandOver> handOvers() {
        var ends = new TreeSet<Instant>();
        shifts.stream().map(Shift::to).filter(end -> end.isBefore(to)).forEach(ends::add);
        var found = new ArrayList<HandOver>();
        for (var end : ends) {
            var onCall = onCallAt(end);
            if (!onCall.isEmpty()) {
                found.add(new HandOver(end, endingAt(end), onCall));
            }
        }
        return List.copyOf(found);
    }

    /** @return everybody, those first who are on call at the begin */
    public Set<String> people() {
        var people = new LinkedHashSet<>(onCallAt(from));
        shifts.stream().map(Shift::person).forEach(people::add);
        return people;
    }

    private Set<String> onCallAt(Instant at) {
        var people = new LinkedHashSet<String>();
        shifts.stream().filter(shift -> shift.covers(at)).map(Shift::person).forEach(people::add);
        return people;
    }

    private Set<String> endingAt(Instant at) {
        var people = new LinkedHashSet<String>();
        shifts.stream()
                .filter(shift -> shift.to().equals(at))
                .map(Shift::person)
                .forEach(people::add);
        return people;
    }

    /** A week on call is often written as seven days. */
    private static List<Shift> joined(List<Shift> shifts) {
        var byPerson = new LinkedHashMap<String, List<Shift>>();
        shifts.stream().sorted(Comparator.comparing(Shift::from)).forEach(shift -> {
            var own = byPerson.computeIfAbsent(shift.person(), person -> new ArrayList<>());
            var last = own.isEmpty() ? null : own.get(own.size() - 1);
            if (last == null || shift.from().isAfter(last.to())) {
                own.add(shift);
            } else if (shift.to().isAfter(last.to())) {
                own.set(own.size() - 1, new Shift(last.person(), last.from(), shift.to()));
            }
        });
        return byPerson.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Shift::from).thenComparing(Shift::person))
                .toList();
    }
}

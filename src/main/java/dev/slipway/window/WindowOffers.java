package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Free windows to pick from by number. They are kept as they were shown: a number must mean the same when it is
 * picked as when it was read, whatever was planned in between.
 */
@Component
class WindowOffers {

    /** How many stand in the form; its field allows no larger number. */
    private static final int COUNT = 5;

    /** So that there is a choice of days. */
    private static final int A_DAY = 2;

    private static final int MOST_REASONS = 5;
    private static final int LONGEST = 2_500;

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Slots slots;
    private final WindowOfferRepository offers;
    private final Clock clock;

    WindowOffers(Releases releases, ServiceCatalog catalog, Slots slots, WindowOfferRepository offers, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.slots = slots;
        this.offers = offers;
        this.clock = clock;
    }

    /** Looks for free slots and keeps them. */
    void make(ReleaseId id) {
        var proposal = slots.of(id, null, Slots.MOST);
        var chosen = chosen(proposal);
        var lines = chosen.stream().map(slot -> slot.start() + "/" + slot.end()).collect(Collectors.joining("\n"));
        var told = inWords(proposal, chosen);
        offers.save(new WindowOffer(
                null,
                id.number(),
                lines,
                told.length() <= LONGEST ? told : told.substring(0, LONGEST - 1) + "…",
                clock.instant()));
    }

    /** @return what was offered last, as Markdown; empty where nothing was */
    String inWords(ReleaseId id) {
        return offers.findFirstByReleaseNumberOrderByIdDesc(id.number())
                .map(WindowOffer::told)
                .orElse("");
    }

    /**
     * @param number as in the form, from 1
     * @throws Refusal.BadInput naming {@code windowSlot} where there is no such slot, or it is past or not free any more
     */
    WindowRequest pick(ReleaseId id, Object number) {
        var offered = offers.findFirstByReleaseNumberOrderByIdDesc(id.number())
                .map(offer -> offer.slots().lines().toList())
                .orElse(List.of());
        var picked = picked(number, offered);
        var zone = AllowedHours.zone(
                catalog.pinned(releases.get(id).definitionId()).windows());
        if (picked.start().isBefore(clock.instant().truncatedTo(ChronoUnit.MINUTES))) {
            throw refused("Slot " + number + " began " + Wording.time(picked.start(), zone) + ", which is past.");
        }
        var against = slots.against(id, picked.start());
        if (!against.isEmpty()) {
            throw refused("Slot " + number + " is not free any more. " + sentences(against));
        }
        return picked;
    }

    /** @return what is known to be against a window, in sentences; empty where it is nothing */
    String against(ReleaseId id, Instant start) {
        return sentences(slots.against(id, start));
    }

    private static String sentences(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::what).distinct().collect(Collectors.joining(" "));
    }

    private static WindowRequest picked(Object number, List<String> offered) {
        if (!(number instanceof Number whole) || whole.doubleValue() != whole.intValue()) {
            throw refused(number + " is not the number of a slot.");
        }
        if (whole.intValue() < 1 || whole.intValue() > offered.size()) {
            throw refused("There is no slot " + number + "; the form names " + offered.size() + ".");
        }
        var ends = offered.get(whole.intValue() - 1).split("/");
        return new WindowRequest(Instant.parse(ends[0]), Instant.parse(ends[1]));
    }

    private static Refusal.BadInput refused(String why) {
        return new Refusal.BadInput(
                WindowRequest.SLOT,
                WindowRequest.SLOT + ": " + why + " Choose another, or leave it empty and name a time of your own.");
    }

    private static List<Slot> chosen(Proposal proposal) {
        var zone = ZoneId.of(proposal.timezone());
        var ofDay = new HashMap<LocalDate, Integer>();
        return proposal.slots().stream()
                .filter(slot -> ofDay.merge(slot.start().atZone(zone).toLocalDate(), 1, Integer::sum) <= A_DAY)
                .limit(COUNT)
                .toList();
    }

    private static String inWords(Proposal proposal, List<Slot> slots) {
        var zone = ZoneId.of(proposal.timezone());
        var head = "**Free slots** (rollout " + minutes(proposal.rollout()) + ", observation "
                + minutes(proposal.observation()) + "):";
        var table = slots.isEmpty()
                ? "**No slot is free in the next " + Slots.AHEAD.toDays() + " days.**"
                : head + "\n\n| Slot | Window begins | Window ends | Observed until |\n| --- | --- | --- | --- |\n"
                        + IntStream.range(0, slots.size())
                                .mapToObj(i -> row(i + 1, slots.get(i), zone))
                                .collect(Collectors.joining("\n"));
        var reasons = proposal.passedOver().stream()
                .filter(obstacle -> slots.isEmpty()
                        || obstacle.from().isBefore(slots.get(slots.size() - 1).start()))
                .limit(MOST_REASONS)
                .map(obstacle -> "- " + obstacle.what())
                .collect(Collectors.joining("\n"));
        var caveats = proposal.caveats().stream().map(caveat -> "- " + caveat).collect(Collectors.joining("\n"));
        return table
                + (reasons.isEmpty() ? "" : "\n\nPassed over:\n\n" + reasons)
                + (caveats.isEmpty() ? "" : "\n\nNot quite sure:\n\n" + caveats);
    }

    private static String row(int number, Slot slot, ZoneId zone) {
        return "| " + number + " | " + Wording.time(slot.start(), zone) + " | " + Wording.time(slot.end(), zone) + " | "
                + Wording.time(slot.observedUntil(), zone) + " |";
    }

    private static String minutes(Duration duration) {
        var text = duration.toDays() > 0 ? duration.toDays() + " d " : "";
        text += duration.toHoursPart() > 0 ? duration.toHoursPart() + " h " : "";
        text += duration.toMinutesPart() > 0 ? duration.toMinutesPart() + " min " : "";
        return text.isEmpty() ? duration.toSeconds() + " s" : text.strip();
    }
}

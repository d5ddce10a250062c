package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One step of a rollback plan (PRE-4). It is written on one line:
 *
 * <pre>
 * [auto] 1 min: give all traffic back to the old version -&gt; the deployer says 100 %
 * [manual] olga, 5 min: restart the queue workers -&gt; queue age below 1 s
 * </pre>
 *
 * Blanks and case don't matter, and {@code [manual]} may be left out. A line that says less is a step too, and
 * {@link #missing()} tells what it lacks.
 *
 * @param automatic whether a machine does it
 * @param who       user id or name of who does it; null where nobody is named
 * @param minutes   how long it takes, 1 to 1,440; null where the line does not say
 * @param what      what is done; null where the line does not say
 * @param verify    how to see that it worked; null where the line does not say
 */
public record RollbackStep(boolean automatic, String who, Integer minutes, String what, String verify) {

    public static final int LONGEST_MINUTES = 1_440;

    private static final Pattern MARK = Pattern.compile("^(?:\\d{1,3}[.)]|[-*•])\\s+");
    private static final Pattern TAG =
            Pattern.compile("^\\[\\s*(?<tag>auto|automatic|manual)\\s*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARROW = Pattern.compile("->|→|=>");
    /** Several people are set apart from the minutes by a comma; behind one name it may be left out. */
    private static final Pattern MINUTES = Pattern.compile(
            "(?:(?<people>[^:]{1,200}?)\\s*,\\s*|(?<person>[\\p{L}\\p{N}._@-]{1,200})\\s+)?"
                    + "(?<minutes>\\d{1,9})\\s*(?:min|mins|minute|minutes)\\.?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@-]{1,200}");

    /** What a step has to say. */
    public enum Part {
        WHO("nobody who does it"),
        MINUTES("not how many minutes it takes (1 to 1,440)"),
        WHAT("not what is done"),
        VERIFY("not how to verify it");

        private final String lack;

        Part(String lack) {
            this.lack = lack;
        }

        /** @return what a step without this part says, as in "Step 2 says nobody who does it" */
        public String lack() {
            return lack;
        }
    }

    /** @param line any text without line breaks */
    public static RollbackStep parse(String line) {
        var text = MARK.matcher(line.strip()).replaceFirst("");
        var automatic = false;
        var tag = TAG.matcher(text);
        if (tag.find()) {
            automatic = !tag.group("tag").equalsIgnoreCase("manual");
            text = text.substring(tag.end()).strip();
        }
        var arrow = ARROW.matcher(text);
        String verify = null;
        if (arrow.find()) {
            verify = orNull(text.substring(arrow.end()));
            text = text.substring(0, arrow.start()).strip();
        }
        var colon = text.indexOf(':');
        var head = colon < 0 ? "" : text.substring(0, colon).strip();
        var timed = MINUTES.matcher(head);
        if (timed.matches()) {
            var what = orNull(text.substring(colon + 1));
            var who = timed.group("people") == null ? timed.group("person") : timed.group("people");
            return new RollbackStep(automatic, orNull(who), minutes(timed.group("minutes")), what, verify);
        }
        if (NAME.matcher(head).matches()) {
            return new RollbackStep(automatic, head, null, orNull(text.substring(colon + 1)), verify);
        }
        return new RollbackStep(automatic, null, null, orNull(text), verify);
    }

    /** @return whether the line is meant as a step of this notation, complete or not */
    static boolean isMeant(String line) {
        var text = MARK.matcher(line.strip()).replaceFirst("");
        var colon = text.indexOf(':');
        return TAG.matcher(text).find()
                || ARROW.matcher(text).find()
                || (colon > 0
                        && MINUTES.matcher(text.substring(0, colon).strip()).matches());
    }

    /** @return what the step does not say, or says too vaguely; empty where it is complete */
    public List<Part> missing() {
        var missing = new ArrayList<Part>();
        if (!automatic && who == null) {
            missing.add(Part.WHO);
        }
        if (minutes == null) {
            missing.add(Part.MINUTES);
        }
        if (VagueWords.only(what)) {
            missing.add(Part.WHAT);
        }
        if (VagueWords.only(verify)) {
            missing.add(Part.VERIFY);
        }
        return missing;
    }

    /** @return the step in its notation; what it lacks is named where it belongs */
    public String line() {
        var person = automatic ? "" : (who == null ? "who" : who) + ", ";
        return (automatic ? "[auto] " : "[manual] ") + person + (minutes == null ? "how many" : minutes) + " min: "
                + (what == null ? "what is done" : what) + " -> " + (verify == null ? "how to verify it" : verify);
    }

    private static Integer minutes(String digits) {
        var minutes = Integer.parseInt(digits);
        return minutes < 1 || minutes > LONGEST_MINUTES ? null : (Integer) minutes;
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}

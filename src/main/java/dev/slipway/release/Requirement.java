package dev.slipway.release;

import java.util.Arrays;
import java.util.Optional;

/** What a release must go through. Each is served by an element of a diagram whose documentation names it. */
public enum Requirement {
    PRE_1("The scope is known exactly"),
    PRE_2("Dependencies are verified, by kind"),
    PRE_3("The minimum test coverage is stated, and those tests passed"),
    PRE_4("A realistic rollback plan exists"),
    PRE_5("The release owner and the on-call person are confirmed, and accept"),
    PRE_6("A schema change meets the higher bar"),
    WIN_1("The release happens in a reasonable window"),
    WIN_2("Unrelated changes are frozen while the window is open"),
    WIN_3("The rollout is gradual where possible"),
    WIN_4("Logs, metrics and alerts are watched from the first minute"),
    WIN_5("Rollback criteria are declared before the start"),
    OBS_1("Error rate"),
    OBS_2("Latency of the critical endpoints"),
    OBS_3("Business metrics"),
    OBS_4("Background processing"),
    OBS_5("Support signals"),
    OBS_6("Success is declared only after the observation period"),
    COM_1("Support, QA, product and on-call are told before the release, and acknowledge"),
    COM_2("Release notes: main changes, risks, rollback path"),
    COM_3("One dedicated channel or thread per release"),
    COM_4("The final status is shared"),
    LRN_1("Who found the problem first"),
    LRN_2("Whether rollback is believed in"),
    LRN_3("Whether release notes are kept up, and good"),
    LRN_4("Whether releases are small enough"),
    LRN_5("Every failed release is reviewed, and becomes a check");

    private final String text;

    Requirement(String text) {
        this.text = text;
    }

    /** @return the id as people write it, such as {@code PRE-1} */
    public String id() {
        return name().replace('_', '-');
    }

    public String text() {
        return text;
    }

    public static Optional<Requirement> of(String id) {
        return Arrays.stream(values())
                .filter(requirement -> requirement.id().equals(id))
                .findFirst();
    }
}

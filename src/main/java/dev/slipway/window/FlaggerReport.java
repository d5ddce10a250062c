package dev.slipway.window;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * What Flagger last let Slipway know of a release that it rolls out.
 *
 * @param releaseNumber the release
 * @param stage         how far Flagger is
 * @param weight        percentage of traffic that the new version gets, 0 to 100
 * @param checksum      Flagger's own of the revision that it analyses; null before the analysis began
 * @param trouble       why the release must not go on, in words; null where it may
 * @param letGoAt       when it was last told to raise the weight; null once it has said which weight it gives
 * @param heardAt       when it last said anything
 */
public record FlaggerReport(
        @Id Long releaseNumber,
        Stage stage,
        double weight,
        String checksum,
        String trouble,
        Instant letGoAt,
        Instant heardAt) {

    /** How far Flagger is. */
    public enum Stage {
        /** It was told that it may begin; its canary starts. */
        STARTING,
        /** The canary is ready, and gets traffic when it is told so. */
        ANALYSING,
        /** The new version has become the primary one: Flagger knows no way back any more. */
        PROMOTED,
        /** All traffic is back on the version that served before. */
        FAILED
    }
}

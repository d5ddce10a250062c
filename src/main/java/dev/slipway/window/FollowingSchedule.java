package dev.slipway.window;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every second for orders that are due to be asked about. */
@Component
class FollowingSchedule {

    private final OutcomeFollower follower;

    FollowingSchedule(OutcomeFollower follower) {
        this.follower = follower;
    }

    /** Does not wait for the answers: a tool that is slow must not hold up what else runs on this clock. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void begin() {
        var unused = follower.follow();
    }
}

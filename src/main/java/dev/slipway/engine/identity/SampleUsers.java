package dev.slipway.engine.identity;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** People to try Slipway with. They all have the password {@value #PASSWORD}, and exist in profile sandbox only. */
@Component
@Profile("sandbox")
class SampleUsers {

    static final String PASSWORD = "slipway";

    private record Sample(String id, String firstName, String lastName, String group) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("rita", "Rita", "Release-Manager", "release-managers"),
            new Sample("adam", "Adam", "Authority", "release-authority"),
            new Sample("erin", "Erin", "Engineer", "engineering"),
            new Sample("evan", "Evan", "Engineer", "engineering"),
            new Sample("quentin", "Quentin", "QA", "qa"),
            new Sample("sam", "Sam", "Support", "support"),
            new Sample("paula", "Paula", "Product", "product"),
            new Sample("olga", "Olga", "On-Call", "on-call"),
            new Sample("dora", "Dora", "Database", "database"),
            new Sample("dirk", "Dirk", "Designer", "process-designers"));

    private final IdentityService identity;

    SampleUsers(IdentityService identity) {
        this.identity = identity;
    }

    /** The groups must exist. */
    void create() {
        for (var sample : SAMPLES) {
            if (identity.createUserQuery().userId(sample.id()).count() == 0) {
                var user = identity.newUser(sample.id());
                user.setFirstName(sample.firstName());
                user.setLastName(sample.lastName());
                user.setPassword(PASSWORD);
                identity.saveUser(user);
                identity.createMembership(sample.id(), sample.group());
            }
        }
    }
}

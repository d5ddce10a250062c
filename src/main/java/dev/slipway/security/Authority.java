package dev.slipway.security;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who may open a release, and who may end one early. A service may name its own group in place of Slipway's. */
@Component
public class Authority {

    static final String ADMINS = "camunda-admin";
    static final String RELEASE_MANAGERS = "release-managers";
    static final String RELEASE_AUTHORITY = "release-authority";
    static final String ENGINEERING = "engineering";
    static final String PRODUCT = "product";

    private final ServiceCatalog catalog;

    Authority(ServiceCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Release managers, product, the service's engineering and administrators open releases.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToOpen(CurrentUser user, String service) {
        var engineering = group(catalog.find(service), ENGINEERING);
        if (!user.isInOneOf(ADMINS, RELEASE_MANAGERS, PRODUCT, engineering)) {
            throw new Refusal.NotAllowed("%s may not open a release of %s. Ask someone of %s, %s or %s."
                    .formatted(user.name(), service, engineering, PRODUCT, RELEASE_MANAGERS));
        }
    }

    /**
     * The release's owner, its release authority, release managers and administrators roll back.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToRollBack(CurrentUser user, Release release) {
        requireToEnd(user, release, "roll back");
    }

    /**
     * The release's owner, its release authority, release managers and administrators pause a rollout and let it go on.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToHold(CurrentUser user, Release release) {
        requireToEnd(user, release, "hold");
    }

    /**
     * The release's owner, its release authority, release managers and administrators cancel.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToCancel(CurrentUser user, Release release) {
        requireToEnd(user, release, "cancel");
    }

    /**
     * The release authority of the service, release managers and administrators say that an alarm was none.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToMarkFalseAlarms(CurrentUser user, Release release) {
        var authority = group(Optional.of(catalog.pinned(release.definitionId())), RELEASE_AUTHORITY);
        if (!user.isInOneOf(ADMINS, RELEASE_MANAGERS, authority)) {
            throw new Refusal.NotAllowed("%s may not mark alarms of %s as false. Ask someone of %s or %s."
                    .formatted(user.name(), release.name(), authority, RELEASE_MANAGERS));
        }
    }

    /**
     * Release managers and administrators look after what runs beside the releases.
     *
     * @throws Refusal.NotAllowed where the user is none of these
     */
    public void requireToOperate(CurrentUser user) {
        if (!user.isInOneOf(ADMINS, RELEASE_MANAGERS)) {
            throw new Refusal.NotAllowed(
                    "%s may not do this. Ask someone of %s.".formatted(user.name(), RELEASE_MANAGERS));
        }
    }

    private void requireToEnd(CurrentUser user, Release release, String what) {
        var authority = group(Optional.of(catalog.pinned(release.definitionId())), RELEASE_AUTHORITY);
        var isOwner = user.name().equals(release.owner());
        if (!isOwner && !user.isInOneOf(ADMINS, RELEASE_MANAGERS, authority)) {
            throw new Refusal.NotAllowed(
                    "%s may not %s release %s (%s). Ask %s, who is in charge, or someone of %s or %s."
                            .formatted(
                                    user.name(),
                                    what,
                                    release.id(),
                                    release.name(),
                                    release.owner(),
                                    authority,
                                    RELEASE_MANAGERS));
        }
    }

    private static String group(Optional<ServiceDefinition> definition, String role) {
        return definition.map(known -> known.group(role)).orElse(role);
    }
}

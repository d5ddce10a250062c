package dev.slipway.communication;

import dev.slipway.catalog.Adapter;
import dev.slipway.catalog.Settings;

/** A place where the people of a release read and talk. */
public interface Channel extends Adapter {

    /**
     * Opens the release's thread; asked again with the same key gives the same thread.
     *
     * @return the link to the thread, which every later message and task carries
     */
    String open(Post post);

    /** Posts into the release's thread; asked again with the same key posts nothing new. */
    void post(Post post);

    /**
     * @return whether it is a server of somebody else: what is said there is carried after the step that says it, and
     *     tried again without the step
     */
    default boolean isOutside() {
        return false;
    }

    @Override
    default Kind kind() {
        return Kind.CHANNEL;
    }

    /**
     * @param key      idempotency key
     * @param release  the release's id
     * @param place    as the service definition names it, such as {@code #releases}; may be null
     * @param team     one of Slipway's groups that it is for; null where it is for everybody
     * @param thread   what {@link #open} returned; null when opening
     * @param subject  subject first, in one line
     * @param text     Markdown
     * @param settings the channel's settings
     */
    record Post(
            String key,
            String release,
            String place,
            String team,
            String thread,
            String subject,
            String text,
            Settings settings) {}
}

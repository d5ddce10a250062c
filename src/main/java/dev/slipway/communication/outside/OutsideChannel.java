package dev.slipway.communication.outside;

import dev.slipway.communication.Channel;
import dev.slipway.communication.ChannelMessages;
import org.springframework.beans.factory.ObjectProvider;

/** A channel outside Slipway. What was said is remembered, so that it is said once. */
public abstract class OutsideChannel implements Channel {

    private final ObjectProvider<ChannelMessages> messages;

    /** @param messages looked up when they are needed: settings are also checked where there is no database */
    protected OutsideChannel(ObjectProvider<ChannelMessages> messages) {
        this.messages = messages;
    }

    /** @return the link to the thread that it began */
    protected abstract String begin(Post post);

    protected abstract void say(Post post);

    @Override
    public final boolean isOutside() {
        return true;
    }

    @Override
    public final String open(Post post) {
        return messages().once(post, () -> begin(post));
    }

    @Override
    public final void post(Post post) {
        messages().once(post, () -> {
            say(post);
            return whole(post);
        });
    }

    protected final ChannelMessages messages() {
        return messages.getObject();
    }

    /** @return where people read everything that is said about the release */
    protected final String whole(Post post) {
        return messages().linkTo(post.release());
    }
}

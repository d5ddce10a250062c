package dev.slipway.communication.markdown;

/** How a target writes what Markdown marks. What is passed as content is written already. */
public interface Style {

    /** @return text that means nothing but itself */
    String text(String text);

    String strong(String content);

    String emphasis(String content);

    /** @param code as in the message, not written yet */
    String code(String code);

    /** @param code as in the message, in several lines, not written yet */
    String codeBlock(String code);

    /** @param address http, https or mailto; as in the message, not written yet */
    String link(String address, String content);

    String heading(String content);

    /** @return what an item of a list without numbers begins with */
    String bullet();
}

package dev.slipway.communication.teams;

import dev.slipway.communication.markdown.Style;

/** The few marks that a text block of an Adaptive Card knows: bold, italic, lists and links. */
final class CardText implements Style {

    @Override
    public String text(String text) {
        return text;
    }

    @Override
    public String strong(String content) {
        return "**" + content + "**";
    }

    @Override
    public String emphasis(String content) {
        return "_" + content + "_";
    }

    @Override
    public String code(String code) {
        return code;
    }

    @Override
    public String codeBlock(String code) {
        return code;
    }

    @Override
    public String link(String address, String content) {
        return "[" + content.replace("]", ")").replace("[", "(") + "]("
                + address.replace("(", "%28").replace(")", "%29").replace(" ", "%20") + ")";
    }

    @Override
    public String heading(String content) {
        return "**" + content.replace("**", "") + "**";
    }

    @Override
    public String bullet() {
        return "- ";
    }
}

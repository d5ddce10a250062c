package dev.slipway.communication.slack;

import dev.slipway.communication.markdown.Style;

/**
 * Slack's own markup. Its three special characters are escaped, so that nobody's text calls out {@code <!channel>} or
 * makes a link.
 */
final class Mrkdwn implements Style {

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String text(String text) {
        return escaped(text);
    }

    @Override
    public String strong(String content) {
        return "*" + content + "*";
    }

    @Override
    public String emphasis(String content) {
        return "_" + content + "_";
    }

    @Override
    public String code(String code) {
        return "`" + escaped(code) + "`";
    }

    @Override
    public String codeBlock(String code) {
        return "```\n" + escaped(code) + "\n```";
    }

    @Override
    public String link(String address, String content) {
        var target = address.replace("<", "%3C")
                .replace(">", "%3E")
                .replace("|", "%7C")
                .replace("&", "&amp;");
        return "<" + target + "|" + content.replace("|", "¦").replace("\n", " ") + ">";
    }

    @Override
    public String heading(String content) {
        return "*" + content.replace("*", "") + "*";
    }

    @Override
    public String bullet() {
        return "• ";
    }
}

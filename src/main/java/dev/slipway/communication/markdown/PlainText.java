package dev.slipway.communication.markdown;

/** Text without any markup; links stand in full. */
public final class PlainText implements Style {

    @Override
    public String text(String text) {
        return text;
    }

    @Override
    public String strong(String content) {
        return content;
    }

    @Override
    public String emphasis(String content) {
        return content;
    }

    @Override
    public String code(String code) {
        return code;
    }

    @Override
    public String codeBlock(String code) {
        return code.indent(4).stripTrailing();
    }

    @Override
    public String link(String address, String content) {
        return content.equals(address) ? address : content + " (" + address + ")";
    }

    @Override
    public String heading(String content) {
        return content;
    }

    @Override
    public String bullet() {
        return "- ";
    }
}

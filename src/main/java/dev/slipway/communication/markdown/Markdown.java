package dev.slipway.communication.markdown;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A message in Markdown (CommonMark). HTML in it is text, and pictures are links: nothing is loaded from elsewhere. */
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    /** Tables are drawn where there is HTML; chats show them as they are written. */
    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    private static final Parser WITH_TABLES =
            Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private Markdown() {}

    /** @return the message's paragraphs, headings, lists and so on, in order */
    public static List<String> blocks(String markdown, Style style) {
        var blocks = new ArrayList<String>();
        for (var node : children(parse(PARSER, markdown))) {
            var block = block(node, style);
            if (!block.isBlank()) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /** @return HTML with everything escaped that is not the message's own markup */
    public static String html(String markdown) {
        return HTML.render(parse(WITH_TABLES, markdown));
    }

    private static Node parse(Parser parser, String markdown) {
        var document = parser.parse(markdown == null ? "" : markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                var link = new Link(image.getDestination(), image.getTitle());
                children(image).forEach(link::appendChild);
                image.insertAfter(link);
                image.unlink();
                visitChildren(link);
            }
        });
        return document;
    }

    private static String block(Node node, Style style) {
        if (node instanceof Heading) {
            return style.heading(inline(node, style));
        }
        if (node instanceof BulletList list) {
            return items(list, Collections.nCopies(children(list).size(), style.bullet()), style);
        }
        if (node instanceof OrderedList list) {
            var first = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
            var markers = new ArrayList<String>();
            for (var i = 0; i < children(list).size(); i++) {
                markers.add((first + i) + ". ");
            }
            return items(list, markers, style);
        }
        if (node instanceof BlockQuote) {
            return within(node, style).lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
        }
        if (node instanceof FencedCodeBlock code) {
            return style.codeBlock(code.getLiteral().stripTrailing());
        }
        if (node instanceof IndentedCodeBlock code) {
            return style.codeBlock(code.getLiteral().stripTrailing());
        }
        if (node instanceof HtmlBlock html) {
            return style.text(html.getLiteral().strip());
        }
        return node instanceof ThematicBreak ? style.text("———") : inline(node, style);
    }

    private static String items(Node list, List<String> markers, Style style) {
        var lines = new ArrayList<String>();
        var items = children(list);
        for (var i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof ListItem item) {
                lines.add(markers.get(i) + within(item, style).replace("\n", "\n    "));
            }
        }
        return String.join("\n", lines);
    }

    private static String within(Node parent, Style style) {
        return children(parent).stream().map(child -> block(child, style)).collect(Collectors.joining("\n"));
    }

    private static String inline(Node parent, Style style) {
        var written = new StringBuilder();
        for (var node : children(parent)) {
            written.append(span(node, style));
        }
        return written.toString();
    }

    private static String span(Node node, Style style) {
        if (node instanceof Text text) {
            return style.text(text.getLiteral());
        }
        if (node instanceof StrongEmphasis) {
            return style.strong(inline(node, style));
        }
        if (node instanceof Emphasis) {
            return style.emphasis(inline(node, style));
        }
        if (node instanceof Code code) {
            return style.code(code.getLiteral());
        }
        if (node instanceof HtmlInline html) {
            return style.text(html.getLiteral());
        }
        if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            return "\n";
        }
        return node instanceof Link link && leadsToThePublic(link.getDestination())
                ? style.link(link.getDestination(), inline(link, style))
                : inline(node, style);
    }

    private static boolean leadsToThePublic(String address) {
        var lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://") || lower.startsWith("mailto:");
    }

    private static List<Node> children(Node parent) {
        var children = new ArrayList<Node>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }
}

package dev.slipway.catalog;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Turns text into YAML nodes that know their lines. Tags and aliases are refused: the first can name classes, the
 * second can make a small file unfold into a huge one, and a service definition needs neither.
 */
final class YamlText {

    /** In bytes, and never fewer than the characters that the database keeps. */
    static final int LARGEST = 200_000;

    private static final int DEEPEST = 20;

    private YamlText() {}

    /** @return null where the text is no YAML that can be accepted; then there is a problem */
    static Node read(String text, Problems problems) {
        if (text.length() > LARGEST) {
            problems.unreadable(1, "", tooLarge());
            return null;
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        try {
            if (!harmless(text, options, problems)) {
                return null;
            }
            var root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.unreadable(1, "", "The file is empty.");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            problems.unreadable(mark == null ? 1 : mark.getLine() + 1, "", "This is not YAML: " + e.getProblem() + ".");
            return null;
        } catch (YAMLException e) {
            problems.unreadable(1, "", "This is not YAML: " + firstLine(e.getMessage()) + ".");
            return null;
        }
    }

    static String tooLarge() {
        return "The file is larger than " + LARGEST / 1000 + " kB.";
    }

    private static boolean harmless(String text, LoaderOptions options, Problems problems) {
        var depth = 0;
        var documents = 0;
        for (Event event : new Yaml(options).parse(new StringReader(text))) {
            var line = event.getStartMark().getLine() + 1;
            if (event instanceof AliasEvent alias) {
                problems.unreadable(
                        line, "", "The alias *" + alias.getAnchor() + " is not allowed. Write the value out.");
                return false;
            }
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                problems.unreadable(line, "", "The anchor &" + node.getAnchor() + " is not allowed. Leave it out.");
                return false;
            }
            if (tag(event) != null) {
                problems.unreadable(line, "", "The tag " + tag(event) + " is not allowed. Leave it out.");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                problems.unreadable(line, "", "The file is nested more than " + DEEPEST + " levels deep.");
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                problems.unreadable(line, "", "A second document begins here. One file describes one service.");
                return false;
            }
        }
        return true;
    }

    private static String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("it can't be read");
    }
}

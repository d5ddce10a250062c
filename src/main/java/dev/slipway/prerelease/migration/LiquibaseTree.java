package dev.slipway.prerelease.migration;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A changelog of Liquibase, the same for XML, YAML and JSON. Outside entities are not read, depth is limited. */
final class LiquibaseTree {

    private static final int DEEPEST = 50;

    final String name;
    final int line;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final List<LiquibaseTree> children = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    private LiquibaseTree(String name, int line) {
        this.name = name;
        this.line = line;
    }

    String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    boolean is(String attribute, String value) {
        return get(attribute).equalsIgnoreCase(value);
    }

    Optional<LiquibaseTree> child(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    /** @return null where it is no XML, or has a document type */
    static LiquibaseTree xml(String source) {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var open = new ArrayDeque<LiquibaseTree>();
        var root = new LiquibaseTree("", 1);
        open.push(root);
        try {
            var reader = factory.createXMLStreamReader(
                    new StringReader(source.startsWith("\uFEFF") ? source.substring(1) : source));
            while (reader.hasNext()) {
                var event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    var node = new LiquibaseTree(
                            reader.getLocalName(), reader.getLocation().getLineNumber());
                    for (var i = 0; i < reader.getAttributeCount(); i++) {
                        node.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    open.element().children.add(node);
                    open.push(node);
                    if (open.size() > DEEPEST) {
                        return null;
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.pop();
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    open.element().text.append(reader.getText());
                } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return null;
                }
            }
            return root;
        } catch (XMLStreamException e) {
            return null;
        }
    }

    /** @return null where it is no YAML; JSON is YAML too */
    static LiquibaseTree yaml(String source) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(Migrations.LONGEST);
        var root = new LiquibaseTree("", 1);
        try {
            var node = new Yaml(new SafeConstructor(options)).compose(new StringReader(source));
            if (node != null) {
                fill(root, node, 0);
            }
            return root;
        } catch (YAMLException e) {
            return null;
        }
    }

    private static void fill(LiquibaseTree parent, Node node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> fill(parent, item, depth + 1));
        } else if (node instanceof MappingNode mapping) {
            for (var entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    continue;
                }
                if (entry.getValueNode() instanceof ScalarNode value) {
                    parent.attributes.put(key.getValue(), value.getValue());
                }
                var child = new LiquibaseTree(key.getValue(), key.getStartMark().getLine() + 1);
                fill(child, entry.getValueNode(), depth + 1);
                parent.children.add(child);
            }
        } else if (node instanceof ScalarNode scalar) {
            parent.text.append(scalar.getValue());
        }
    }
}

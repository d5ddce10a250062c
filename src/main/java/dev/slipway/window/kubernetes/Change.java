package dev.slipway.window.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.window.Deployer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;

/**
 * A JSON Patch (RFC 6902) of one object. It holds for the version of the object that was read and for no other: where
 * somebody was faster, the API server answers with a conflict.
 */
final class Change {

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();
    private boolean hasAnnotations;

    Change(ObjectMeta read) {
        hasAnnotations = read.getAnnotations() != null && !read.getAnnotations().isEmpty();
        add("replace", "/metadata/resourceVersion", text(read.getResourceVersion()));
    }

    /** Notes on the object whose order it follows. */
    Change stamp(Deployer.Order order, Action action, Instant now) {
        annotate(Stamp.ORDER, order.key());
        annotate(Stamp.ACTION, action.name());
        return annotate(Stamp.SINCE, now.toString());
    }

    /** Notes what the change does not have to answer for. */
    Change afterDeadline(String passed) {
        return annotate(Stamp.PASSED_DEADLINE, passed);
    }

    Change image(int container, String image) {
        return add("add", "/spec/template/spec/containers/" + container + "/image", text(image));
    }

    Change replicas(int replicas) {
        return add("add", "/spec/replicas", JsonNodeFactory.instance.numberNode(replicas));
    }

    String asJson() {
        return operations.toString();
    }

    private Change annotate(String name, String value) {
        if (!hasAnnotations) {
            add("add", "/metadata/annotations", JsonNodeFactory.instance.objectNode());
            hasAnnotations = true;
        }
        return add("add", "/metadata/annotations/" + name.replace("/", "~1"), text(value));
    }

    private Change add(String operation, String path, JsonNode value) {
        operations.addObject().put("op", operation).put("path", path).set("value", value);
        return this;
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}

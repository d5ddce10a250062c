package dev.slipway.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/** Says Slipway where a web app's labels name the vendor's product, and leaves out what only concerns the vendor. */
class SlipwayLabels implements ResourceTransformer {

    private static final Set<String> LEFT_OUT = Set.of("BANNER_CE_EOL_TEXT", "FIRST_LOGIN_INFO");
    /** What links lead to that are not Slipway's. */
    private static final Set<String> KEPT = Set.of("DOCUMENTATION_DESCRIPTION");

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Resource transform(HttpServletRequest request, Resource original, ResourceTransformerChain chain)
            throws IOException {
        var resource = chain.transform(request, original);
        var file = json.readTree(resource.getContentAsByteArray());
        if (file.get("labels") instanceof ObjectNode labels) {
            labels.properties()
                    .forEach(label -> label.setValue(labels.textNode(
                            text(label.getKey(), label.getValue().asText()))));
        }
        return new TransformedResource(resource, json.writeValueAsBytes(file));
    }

    private static String text(String key, String vendors) {
        if (LEFT_OUT.contains(key)) {
            return "";
        }
        return KEPT.contains(key) ? vendors : vendors.replace("Camunda", "Slipway");
    }
}

package dev.slipway.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The properties that a designer gives an element in Modeler ({@code camunda:property}). */
@Component
class DiagramProperties {

    private final RepositoryService repository;

    DiagramProperties(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    /** @return the element's properties by name; empty where it has none */
    Map<String, String> of(String processDefinitionId, String elementId) {
        var element = repository.getBpmnModelInstance(processDefinitionId).getModelElementById(elementId);
        var properties = new HashMap<String, String>();
        if (element instanceof BaseElement base && base.getExtensionElements() != null) {
            base.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                    .flatMap(group -> group.getCamundaProperties().stream())
                    .forEach(property -> properties.put(property.getCamundaName(), property.getCamundaValue()));
        }
        return properties;
    }

    /** @return the properties of an element that is being parsed */
    static Map<String, String> of(Element element) {
        var properties = new HashMap<String, String>();
        var extensions = element.element("extensionElements");
        if (extensions != null) {
            var group = extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
            if (group != null) {
                group.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property")
                        .forEach(property -> properties.put(property.attribute("name"), property.attribute("value")));
            }
        }
        return properties;
    }
}

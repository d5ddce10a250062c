package dev.slipway.engine;

import java.util.AbstractMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The beans that diagrams may call: Slipway's delegates and listeners, and what is marked {@link InDiagrams}. Everything
 * else in the application is invisible to an expression.
 */
final class AllowedBeans extends AbstractMap<Object, Object> {

    private final ListableBeanFactory beans;

    AllowedBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && beans.containsBean(name) && isAllowed(name);
    }

    @Override
    public Object get(Object key) {
        return containsKey(key) ? beans.getBean((String) key) : null;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return names().stream().collect(Collectors.toMap(Function.identity(), beans::getBean)).entrySet().stream()
                .map(entry -> new SimpleImmutableEntry<Object, Object>(entry.getKey(), entry.getValue()))
                .collect(Collectors.toSet());
    }

    /** @return the names that diagrams may use, in alphabetical order */
    Set<String> names() {
        var names = new TreeSet<String>();
        for (var name : beans.getBeanDefinitionNames()) {
            if (isAllowed(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean isAllowed(String name) {
        var type = beans.getType(name);
        return type != null
                && type.getName().startsWith("dev.slipway.")
                && (JavaDelegate.class.isAssignableFrom(type)
                        || ExecutionListener.class.isAssignableFrom(type)
                        || TaskListener.class.isAssignableFrom(type)
                        || AnnotatedElementUtils.hasAnnotation(type, InDiagrams.class));
    }
}

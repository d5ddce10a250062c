package dev.slipway.command;

import dev.slipway.catalog.Adapter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.client.HttpClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.client.RestClientAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

/**
 * Finds the adapters without starting the server. One that needs more than clock, JSON and HTTP client can't be built
 * here: then its name is known and its settings are not checked.
 */
final class AdaptersOnThePath {

    private static final String ROOT = "dev.slipway";

    private AdaptersOnThePath() {}

    static List<Adapter> find() {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().setActiveProfiles("sandbox");
            context.register(Surroundings.class);
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            var types = types(context);
            types.forEach(type -> register(type, context));
            context.refresh();
            var adapters = new ArrayList<Adapter>();
            for (var type : types) {
                adapter(type, context).ifPresent(adapters::add);
            }
            return adapters;
        }
    }

    private static List<Class<? extends Adapter>> types(ConfigurableApplicationContext context) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false, context.getEnvironment());
        scanner.setResourceLoader(context);
        scanner.addIncludeFilter(new AssignableTypeFilter(Adapter.class));
        var types = new ArrayList<Class<? extends Adapter>>();
        for (var found : scanner.findCandidateComponents(ROOT)) {
            types.add(ClassUtils.resolveClassName(found.getBeanClassName(), context.getClassLoader())
                    .asSubclass(Adapter.class));
        }
        return types;
    }

    private static void register(Class<? extends Adapter> type, BeanDefinitionRegistry registry) {
        registry.registerBeanDefinition(type.getName(), new RootBeanDefinition(type));
    }

    private static Optional<Adapter> adapter(
            Class<? extends Adapter> type, AnnotationConfigApplicationContext context) {
        try {
            return Optional.of(context.getBean(type.getName(), type));
        } catch (BeansException e) {
            return nameOf(type);
        }
    }

    /** Names are constants, so they are known without the constructor. */
    private static Optional<Adapter> nameOf(Class<? extends Adapter> type) {
        var unfinished = new SpringObjenesis().newInstance(type, false);
        try {
            return Optional.ofNullable(unfinished.name()).map(name -> new NameOnly(name, unfinished.kind()));
        } catch (NullPointerException e) {
            // The name is no constant after all, and only the server knows it.
            return Optional.empty();
        }
    }

    private record NameOnly(String name, Adapter.Kind kind) implements Adapter {}

    /** What adapters commonly need. Not marked as a configuration, so that the server does not find it. */
    @ConfigurationPropertiesScan(ROOT)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        HttpClientAutoConfiguration.class,
        RestClientAutoConfiguration.class
    })
    static class Surroundings {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}

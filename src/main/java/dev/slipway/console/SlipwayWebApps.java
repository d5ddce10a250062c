package dev.slipway.console;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The engine's web apps under Slipway's name. Logo, colours and settings are files of the same names as the web apps'
 * own, in <code>META-INF/resources/webjars/camunda</code>: Slipway comes first on the class path. Labels are changed as
 * they are served, as a copy of eight long files would hide what is Slipway's.
 */
@Configuration
class SlipwayWebApps implements WebMvcConfigurer {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    @Override
    public void addViewControllers(ViewControllerRegistry pages) {
        for (var start : new String[] {"/", "/camunda-welcome/", "/camunda-welcome/index.html"}) {
            pages.addRedirectViewController(start, TASKLIST);
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry resources) {
        resources
                .addResourceHandler("/camunda/app/*/locales/*.json")
                .addResourceLocations("classpath:/META-INF/resources/webjars/camunda/app/")
                .resourceChain(true)
                .addTransformer(new SlipwayLabels());
    }
}

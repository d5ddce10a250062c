package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What a designer's expression can reach. */
class AllowedBeansTest {

    static class Delegate implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            // Only its type matters here.
        }
    }

    @InDiagrams
    static class Marked {}

    static class Private {}

    @Test
    void diagrams_reach_delegates_and_what_is_marked_and_nothing_else() {
        var beans = new StaticListableBeanFactory();
        beans.addBean("delegate", new Delegate());
        beans.addBean("marked", new Marked());
        beans.addBean("private", new Private());
        beans.addBean("text", "not Slipway's");
        var allowed = new AllowedBeans(beans);

        assertThat(allowed.names()).containsExactly("delegate", "marked");
        assertThat(allowed.get("delegate")).isInstanceOf(Delegate.class);
        assertThat(allowed.containsKey("private")).isFalse();
        assertThat(allowed.get("private")).isNull();
        assertThat(allowed.get("text")).isNull();
        assertThat(allowed.get("missing")).isNull();
    }
}

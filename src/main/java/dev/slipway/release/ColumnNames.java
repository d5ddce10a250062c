package dev.slipway.release;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.stereotype.Component;

/** Names of tables and columns are written without quotes, so that each database writes them in its own letter case. */
@Component
public class ColumnNames implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof JdbcMappingContext mapping) {
            mapping.setForceQuote(false);
        }
        return bean;
    }
}

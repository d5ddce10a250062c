package dev.slipway.communication;

import dev.slipway.catalog.Settings;
import dev.slipway.release.ReleaseLink;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.PlatformTransactionManager;

/** What was said before, for tests of one channel: on a database of their own, in which nothing was said. */
public final class SaidBefore {

    /** Where the page of the release is that the samples are about. */
    public static final String PAGE = "https://slipway.example.com/releases/REL-42";

    private SaidBefore() {}

    @SuppressWarnings("resource") // the database ends with the test's machine
    public static ObjectProvider<ChannelMessages> nothing() {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("slipway.base-url", "https://slipway.example.com")));
        context.registerBean(
                DataSource.class,
                () -> new EmbeddedDatabaseBuilder()
                        .setType(EmbeddedDatabaseType.H2)
                        .generateUniqueName(true)
                        .build());
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(context.getBean(DataSource.class)));
        context.registerBean(
                PlatformTransactionManager.class,
                () -> new DataSourceTransactionManager(context.getBean(DataSource.class)));
        context.registerBean(Clock.class, Clock::systemUTC);
        context.register(ReleaseLink.class, ChannelMessages.class);
        context.refresh();
        context.getBean(JdbcClient.class).sql(table()).update();
        return context.getBeanProvider(ChannelMessages.class);
    }

    /** What opens the thread of {@code REL-42}. */
    public static Channel.Post opening(String place, Map<String, Object> settings) {
        return new Channel.Post(
                "REL-42:open",
                "REL-42",
                place,
                null,
                null,
                "checkout 1.5.0: Faster checkout",
                "",
                new Settings(settings));
    }

    /** A message of {@code REL-42}. */
    public static Channel.Post message(String place, String thread, String text, Map<String, Object> settings) {
        return new Channel.Post(
                "REL-42:rollback",
                "REL-42",
                place,
                null,
                thread,
                "checkout 1.5.0 is being rolled back",
                text,
                new Settings(settings));
    }

    private static String table() {
        try {
            var script = new ClassPathResource("db/migration/V17__flagger_and_channels.sql")
                    .getContentAsString(StandardCharsets.UTF_8);
            return Arrays.stream(script.split(";"))
                    .filter(statement -> statement.contains("create table channel_message"))
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FileServiceCatalogTest {

    private static final String CHECKOUT = ServiceFileReaderTest.CHECKOUT;

    @TempDir
    private Path directory;

    private final Map<String, String> placeholders = new HashMap<>();
    private DataSource database;
    private FileServiceCatalog catalog;

    @BeforeEach
    void open() {
        database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure().dataSource(database).load().migrate();
        catalog = catalogOf(directory);
    }

    @Test
    void services_are_there_at_first_need_in_alphabetical_order() throws IOException {
        write("b.yaml", CHECKOUT);
        write("z.yml", CHECKOUT.replace("service: checkout", "service: basket"));
        write("notes.txt", "not a definition");
        write(".hidden.yaml", "broken");

        assertThat(catalog.services()).containsExactly("basket", "checkout");
        assertThat(catalog.find("checkout")).isPresent();
        assertThat(catalog.find("unknown")).isEmpty();
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void a_changed_file_is_in_force_at_the_next_look() throws IOException {
        write("checkout.yaml", CHECKOUT);
        assertThat(ceiling()).isEqualTo(0.02);

        write("checkout.yaml", CHECKOUT.replace("0.02", "0.03"));
        catalog.look();

        assertThat(ceiling()).isEqualTo(0.03);
    }

    @Test
    void a_bad_file_is_refused_and_the_last_good_version_stays_in_force_until_it_is_mended() throws IOException {
        write("checkout.yaml", CHECKOUT);
        catalog.look();
        write("checkout.yaml", CHECKOUT.replace("0.02", "2.0"));
        catalog.look();

        assertThat(ceiling()).isEqualTo(0.02);
        assertThat(catalog.problems())
                .containsExactly(directory.resolve("checkout.yaml")
                        + ":17: metrics[0].failAbove: 2.0 is not a ratio (0 to 1). Did you mean 0.02?");

        write("checkout.yaml", CHECKOUT.replace("0.02", "0.04"));
        catalog.look();
        assertThat(ceiling()).isEqualTo(0.04);
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void what_is_pinned_while_a_bad_file_is_there_is_the_last_good_text() throws IOException {
        write("checkout.yaml", CHECKOUT);
        catalog.look();
        write("checkout.yaml", "nonsense");
        catalog.look();

        var pinned = catalog.pin("checkout").orElseThrow();
        assertThat(catalog.pinned(pinned.id())).isEqualTo(pinned.definition());
    }

    @Test
    void a_file_that_was_never_good_offers_nothing() throws IOException {
        write("checkout.yaml", "service: checkout");

        assertThat(catalog.services()).isEmpty();
        assertThat(catalog.pin("checkout")).isEmpty();
        assertThat(catalog.problems()).isNotEmpty();
    }

    @Test
    void a_removed_file_ends_the_offer_and_pinned_releases_go_on() throws IOException {
        write("checkout.yaml", CHECKOUT);
        var pinned = catalog.pin("checkout").orElseThrow();
        Files.delete(directory.resolve("checkout.yaml"));
        catalog.look();

        assertThat(catalog.services()).isEmpty();
        assertThat(catalog.pinned(pinned.id())).isEqualTo(pinned.definition());
    }

    @Test
    void of_two_files_for_one_service_the_one_in_force_goes_on_and_the_other_is_refused() throws IOException {
        write("z.yaml", CHECKOUT);
        catalog.look();
        write("a.yaml", CHECKOUT.replace("0.02", "0.5"));
        catalog.look();

        assertThat(ceiling()).isEqualTo(0.02);
        assertThat(catalog.problems())
                .containsExactly(directory.resolve("a.yaml") + ":1: service: checkout is already defined by "
                        + directory.resolve("z.yaml") + ".");

        Files.delete(directory.resolve("z.yaml"));
        catalog.look();
        assertThat(ceiling()).isEqualTo(0.5);
        assertThat(catalog.problems()).isEmpty();
    }

    @Test
    void a_file_that_lacked_only_a_placeholder_is_accepted_when_the_placeholder_is_known() throws IOException {
        write("checkout.yaml", CHECKOUT + "prometheus: {url: '${late.url}'}\n");
        assertThat(catalog.services()).isEmpty();

        placeholders.put("late.url", "http://late");
        catalog.look();

        assertThat(catalog.services()).containsExactly("checkout");
    }

    @Test
    void a_missing_directory_means_no_services() {
        assertThat(catalogOf(directory.resolve("missing")).services()).isEmpty();
    }

    @Test
    void a_file_that_is_not_utf8_or_too_large_is_refused() throws IOException {
        Files.write(directory.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE4});
        Files.write(directory.resolve("large.yaml"), new byte[200_001]);

        assertThat(catalog.problems())
                .containsExactly(
                        directory.resolve("large.yaml") + ":1: The file is larger than 200 kB.",
                        directory.resolve("latin.yaml") + ":1: The file is not UTF-8 text.");
    }

    @Test
    void the_same_text_is_pinned_once_and_another_text_again() throws IOException {
        write("checkout.yaml", CHECKOUT);
        var first = catalog.pin("checkout").orElseThrow().id();
        assertThat(catalog.pin("checkout").orElseThrow().id()).isEqualTo(first);

        write("checkout.yaml", CHECKOUT + "# changed\n");
        catalog.look();
        assertThat(catalog.pin("checkout").orElseThrow().id()).isNotEqualTo(first);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void releases_that_open_at_the_same_time_pin_the_same_row() throws Exception {
        write("checkout.yaml", CHECKOUT);
        catalog.look();
        var together = new CyclicBarrier(8);
        Callable<Long> pin = () -> new TransactionTemplate(new JdbcTransactionManager(database)).execute(status -> {
            await(together);
            return catalog.pin("checkout").orElseThrow().id();
        });

        var threads = Executors.newFixedThreadPool(8);
        var ids = new HashSet<Long>();
        for (var future :
                threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> pin).toList())) {
            ids.add(future.get());
        }
        threads.shutdown();

        assertThat(ids).hasSize(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_pinned_text_holds_placeholders_and_is_read_with_the_values_of_now() throws IOException {
        placeholders.put("token", "http://first-secret");
        write("checkout.yaml", CHECKOUT + "slack: {url: '${token}'}\n");
        var pinned = catalog.pin("checkout").orElseThrow();
        placeholders.put("token", "http://second-secret");

        assertThat(JdbcClient.create(database)
                        .sql("select text from service_definition")
                        .query(String.class)
                        .single())
                .contains("${token}")
                .doesNotContain("secret");
        assertThat(catalog.pinned(pinned.id()).settingsOf("slack").required("url"))
                .isEqualTo("http://second-secret");
    }

    @Test
    void an_id_that_was_never_pinned_is_unknown() {
        assertThatThrownBy(() -> catalog.pinned(99))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("99");
    }

    @Test
    void services_and_problems_are_counted_for_operators() throws IOException {
        write("checkout.yaml", CHECKOUT);
        write("bad.yaml", "[]");
        var registry = new SimpleMeterRegistry();
        catalog.bindTo(registry);

        assertThat(registry.get("slipway.services").gauge().value()).isEqualTo(1);
        assertThat(registry.get("slipway.services.problems").gauge().value()).isPositive();
    }

    private Double ceiling() {
        return catalog.find("checkout").orElseThrow().metrics().get(0).failAbove();
    }

    private long rows() {
        return JdbcClient.create(database)
                .sql("select count(*) from service_definition")
                .query(Long.class)
                .single();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private FileServiceCatalog catalogOf(Path place) {
        var beans = new StaticListableBeanFactory();
        Adapters.ALL.forEach(adapter -> beans.addBean(adapter.name(), adapter));
        Placeholders known = name -> Optional.ofNullable(placeholders.get(name));
        beans.addBean("placeholders", known);
        var store = new DefinitionStore(
                JdbcClient.create(database),
                new JdbcTransactionManager(database),
                Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
        return new FileServiceCatalog(
                new CatalogProperties(place.toString(), Map.of()),
                beans.getBeanProvider(Adapter.class),
                beans.getBeanProvider(Placeholders.class),
                store);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.slipway.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.security.CurrentUser;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.h2.Driver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** On an engine of its own, with authorisation switched on. */
class FirstStartTest {

    private static final String OPEN = "release";
    private static final Date LONG_AGO = Date.from(Instant.EPOCH);

    private final ServiceCatalog catalog = mock(ServiceCatalog.class);
    private static DataSourceTransactionManager transactions;
    private static ProcessEngine engine;

    @BeforeAll
    static void an_engine() {
        var source = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:first-start;DB_CLOSE_DELAY=-1", "sa", "");
        transactions = new DataSourceTransactionManager(source);
        var configuration = new SpringProcessEngineConfiguration();
        configuration.setApplicationContext(new StaticApplicationContext());
        configuration.setProcessEngineName("first-start");
        configuration.setDataSource(source);
        configuration.setTransactionManager(transactions);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setAuthorizationEnabled(true);
        configuration.setJobExecutorActivate(false);
        configuration.setMetricsEnabled(false);
        configuration.setProcessEnginePlugins(List.of(new PlainNames()));
        engine = configuration.buildProcessEngine();
    }

    @BeforeEach
    void nobody_is_there_yet() {
        engine.getIdentityService().clearAuthentication();
        engine.getTaskService()
                .createTaskQuery()
                .list()
                .forEach(task -> engine.getTaskService().deleteTask(task.getId(), true));
        engine.getFilterService()
                .createFilterQuery()
                .list()
                .forEach(filter -> engine.getFilterService().deleteFilter(filter.getId()));
        engine.getIdentityService()
                .createUserQuery()
                .list()
                .forEach(user -> engine.getIdentityService().deleteUser(user.getId()));
        engine.getIdentityService()
                .createGroupQuery()
                .list()
                .forEach(group -> engine.getIdentityService().deleteGroup(group.getId()));
        engine.getAuthorizationService()
                .createAuthorizationQuery()
                .list()
                .forEach(authorization -> engine.getAuthorizationService().deleteAuthorization(authorization.getId()));
    }

    @AfterEach
    void nobody_asks_any_more() {
        SecurityContextHolder.clearContext();
        engine.getIdentityService().clearAuthentication();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void the_administrator_has_the_password_of_the_environment_and_may_do_everything() {
        start("s3cret");

        assertThat(engine.getIdentityService().checkPassword("admin", "s3cret")).isTrue();
        var resources = EnumSet.allOf(Resources.class);
        // These are switched off in the engine unless asked for.
        resources.removeAll(Set.of(Resources.HISTORIC_TASK, Resources.HISTORIC_PROCESS_INSTANCE));
        for (var resource : resources) {
            assertThat(engine.getAuthorizationService()
                            .isUserAuthorized("admin", List.of("camunda-admin"), Permissions.ALL, resource, "x"))
                    .as(resource.name())
                    .isTrue();
        }
    }

    @Test
    void another_password_in_the_environment_replaces_the_old_one_and_unlocks() {
        start("first");
        for (var tries = 0; tries < 11; tries++) {
            engine.getIdentityService().checkPassword("admin", "wrong");
        }
        start("second");

        assertThat(engine.getIdentityService().checkPassword("admin", "second")).isTrue();
    }

    @Test
    void without_a_password_in_the_environment_one_is_made_up_and_stays() {
        start(null);
        var before = engine.getIdentityService()
                .createUserQuery()
                .userId("admin")
                .singleResult()
                .getPassword();
        start(" ");

        assertThat(engine.getIdentityService().checkPassword("admin", "admin")).isFalse();
        assertThat(engine.getIdentityService().checkPassword("admin", "")).isFalse();
        assertThat(engine.getIdentityService()
                        .createUserQuery()
                        .userId("admin")
                        .singleResult()
                        .getPassword())
                .isEqualTo(before);
    }

    @Test
    void a_second_start_changes_nothing() {
        start("s3cret");
        var authorizations =
                engine.getAuthorizationService().createAuthorizationQuery().count();
        var groups = engine.getIdentityService().createGroupQuery().count();
        start("s3cret");

        assertThat(engine.getAuthorizationService().createAuthorizationQuery().count())
                .isEqualTo(authorizations);
        assertThat(engine.getIdentityService().createGroupQuery().count()).isEqualTo(groups);
        assertThat(engine.getFilterService().createTaskFilterQuery().list())
                .hasSize(4)
                .allSatisfy(filter ->
                        assertThat(((FilterEntity) filter).getRevision()).isEqualTo(1));
    }

    @Test
    void a_filter_that_was_bent_is_put_right() {
        start("s3cret");
        var filter = filter("Mine");
        filter.setProperties(Map.of("color", "#FF00FF"));
        engine.getFilterService().saveFilter(filter);
        start("s3cret");

        assertThat(filter("Mine").getProperties()).containsEntry("color", "#1B5E8C");
    }

    @Test
    void everybody_uses_tasklist_and_only_managers_and_designers_cockpit() {
        start("s3cret");

        for (var group : FirstStart.GROUPS.keySet()) {
            assertThat(may(group, Permissions.ACCESS, Resources.APPLICATION, "tasklist"))
                    .as(group)
                    .isTrue();
            assertThat(may(group, Permissions.ACCESS, Resources.APPLICATION, "cockpit"))
                    .as(group)
                    .isEqualTo(Set.of("release-managers", "process-designers").contains(group));
            assertThat(may(group, Permissions.ACCESS, Resources.APPLICATION, "admin"))
                    .as(group)
                    .isFalse();
        }
    }

    @Test
    void managers_engineering_and_product_open_releases_everybody_reports_problems_and_nothing_else() {
        start("s3cret");

        for (var group : FirstStart.GROUPS.keySet()) {
            assertThat(may(group, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, OPEN))
                    .as(group)
                    .isEqualTo(
                            Set.of("release-managers", "engineering", "product").contains(group));
            assertThat(may(group, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, "report-a-problem"))
                    .as(group)
                    .isTrue();
            assertThat(may(group, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, "steer-release"))
                    .as(group)
                    .isTrue();
            assertThat(may(group, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, "rollback"))
                    .as(group)
                    .isFalse();
            assertThat(may(group, Permissions.CREATE, Resources.DEPLOYMENT, "x"))
                    .as(group)
                    .isFalse();
        }
    }

    @Test
    void a_services_own_groups_may_what_the_groups_may_that_they_stand_for() {
        given(catalog.services()).willReturn(List.of("checkout"));
        given(catalog.find("checkout"))
                .willReturn(Optional.of(SampleService.called("checkout")
                        .with(new ServiceDefinition.Owner("team-checkout", "checkout-leads"))
                        .definition()));
        start("s3cret");

        assertThat(may("team-checkout", Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, OPEN))
                .isTrue();
        assertThat(may("checkout-leads", Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, OPEN))
                .isFalse();
        assertThat(engine.getIdentityService()
                        .createGroupQuery()
                        .groupId("checkout-leads")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void people_find_their_own_tasks_and_those_of_their_groups_and_no_others() {
        start("s3cret");
        new SampleUsers(engine.getIdentityService()).create();
        task("of erin", "erin", null, null);
        task("of engineering", null, "engineering", null);
        task("of qa", null, "qa", LONG_AGO);

        as("erin");
        assertThat(names("Mine")).containsExactly("of erin");
        assertThat(names("My groups")).containsExactly("of engineering");
        assertThat(names("Overdue")).isEmpty();
        assertThat(names("By release")).containsExactlyInAnyOrder("of erin", "of engineering");

        as("quentin");
        assertThat(names("Mine")).isEmpty();
        assertThat(names("My groups")).containsExactly("of qa");
        assertThat(names("Overdue")).containsExactly("of qa");

        as("rita");
        assertThat(names("By release")).containsExactlyInAnyOrder("of erin", "of engineering", "of qa");
    }

    @Test
    void a_filter_shows_the_release_and_who_is_in_charge() {
        start("s3cret");

        assertThat(filter("By release").getProperties().get("variables"))
                .isEqualTo(List.of(
                        Map.of("name", "releaseName", "label", "Release"),
                        Map.of("name", "owner", "label", "In charge")));
    }

    @Test
    void the_directory_knows_passwords_and_groups() {
        start("s3cret");
        new SampleUsers(engine.getIdentityService()).create();
        var directory = new EngineDirectory(engine.getIdentityService());

        assertThat(directory.matches("erin", SampleUsers.PASSWORD)).isTrue();
        assertThat(directory.matches("erin", "wrong")).isFalse();
        assertThat(directory.matches("stranger", "wrong")).isFalse();
        assertThat(directory.groupsOf("erin")).containsExactly("engineering");
        assertThat(directory.groupsOf("stranger")).isEmpty();
    }

    @Test
    void the_engine_knows_who_asks_until_the_request_is_over_even_if_it_fails() throws Exception {
        var filter = new EngineAuthentication(engine.getIdentityService());
        var user = new CurrentUser("erin", Set.of("engineering"));
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));

        filter.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (request, response) -> {
            var current = engine.getIdentityService().getCurrentAuthentication();
            assertThat(current.getUserId()).isEqualTo("erin");
            assertThat(current.getGroupIds()).containsExactly("engineering");
        });
        assertThat(engine.getIdentityService().getCurrentAuthentication()).isNull();

        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> filter.doFilter(
                        new MockHttpServletRequest(), new MockHttpServletResponse(), (request, response) -> {
                            throw new IllegalStateException("fails");
                        }));
        assertThat(engine.getIdentityService().getCurrentAuthentication()).isNull();
    }

    @SuppressWarnings("unchecked")
    private void start(String password) {
        engine.getIdentityService().clearAuthentication();
        ObjectProvider<SampleUsers> none = mock(ObjectProvider.class, Answers.RETURNS_DEFAULTS);
        new FirstStart(engine, catalog, new AdministratorProperties(password), transactions, none)
                .afterSingletonsInstantiated();
    }

    private boolean may(
            String group,
            org.camunda.bpm.engine.authorization.Permission permission,
            org.camunda.bpm.engine.authorization.Resource resource,
            String id) {
        return engine.getAuthorizationService().isUserAuthorized("somebody", List.of(group), permission, resource, id);
    }

    private void as(String user) {
        engine.getIdentityService().clearAuthentication();
        engine.getIdentityService()
                .setAuthentication(user, List.copyOf(new EngineDirectory(engine.getIdentityService()).groupsOf(user)));
    }

    private Filter filter(String name) {
        return engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(name)
                .singleResult();
    }

    private List<String> names(String filter) {
        return engine.getFilterService().<Task>list(filter(filter).getId()).stream()
                .map(Task::getName)
                .toList();
    }

    private void task(String name, String assignee, String group, Date due) {
        var tasks = engine.getTaskService();
        var task = tasks.newTask();
        task.setName(name);
        task.setDueDate(due);
        tasks.saveTask(task);
        if (assignee != null) {
            tasks.setAssignee(task.getId(), assignee);
        }
        if (group != null) {
            tasks.addCandidateGroup(task.getId(), group);
        }
    }
}

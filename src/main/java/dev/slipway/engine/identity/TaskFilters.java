package dev.slipway.engine.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.type.ValueType;

/** The lists that everybody finds in Tasklist. */
class TaskFilters {

    private static final List<Map<String, String>> ON_THE_CARD =
            List.of(Map.of("name", "releaseName", "label", "Release"), Map.of("name", "owner", "label", "In charge"));

    private final FilterService filters;
    private final TaskService tasks;
    private final Grants grants;

    TaskFilters(FilterService filters, TaskService tasks, Grants grants) {
        this.filters = filters;
        this.tasks = tasks;
        this.grants = grants;
    }

    void create() {
        create(
                "Mine",
                "Tasks that are assigned to me, what is due first on top",
                10,
                "#1B5E8C",
                open().taskAssigneeExpression("${currentUser()}")
                        .orderByDueDate()
                        .asc()
                        .orderByTaskCreateTime()
                        .asc());
        create(
                "My groups",
                "Tasks that one of my groups has to do and nobody has taken yet",
                20,
                "#2E7D5B",
                open().taskCandidateGroupInExpression("${currentUserGroups()}")
                        .taskUnassigned()
                        .orderByDueDate()
                        .asc()
                        .orderByTaskCreateTime()
                        .asc());
        create(
                "Overdue",
                "Tasks that should be done by now",
                30,
                "#B23A2E",
                open().dueBeforeExpression("${now()}").orderByDueDate().asc());
        create(
                "By release",
                "All open tasks that I may see, release by release",
                40,
                "#5B5B5B",
                open().orderByProcessVariable("releaseName", ValueType.STRING)
                        .asc()
                        .orderByDueDate()
                        .asc());
    }

    private TaskQuery open() {
        return tasks.createTaskQuery().active();
    }

    private void create(String name, String description, int priority, String color, TaskQuery query) {
        var known = filters.createTaskFilterQuery().filterName(name).list().stream()
                .filter(filter -> filter.getOwner() == null)
                .findFirst();
        var filter = known.orElseGet(() -> filters.newTaskFilter(name));
        var before = known.map(TaskFilters::content).orElse(null);
        filter.setQuery(query);
        filter.setProperties(properties(description, priority, color));
        if (!content(filter).equals(before)) {
            filters.saveFilter(filter);
        }
        grants.grant(null, Resources.FILTER, filter.getId(), Permissions.READ);
    }

    private static List<Object> content(Filter filter) {
        var entity = (FilterEntity) filter;
        return List.of(entity.getQueryInternal(), entity.getProperties());
    }

    private static Map<String, Object> properties(String description, int priority, String color) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("description", description);
        properties.put("priority", priority);
        properties.put("color", color);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put("variables", ON_THE_CARD);
        return properties;
    }
}

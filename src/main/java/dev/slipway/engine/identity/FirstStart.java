package dev.slipway.engine.identity;

import dev.slipway.catalog.ServiceCatalog;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees at every start, before the first request can come in, that there is an administrator, that the groups exist
 * and may do what is theirs, and that everybody finds the lists in Tasklist.
 */
@Component
class FirstStart implements SmartInitializingSingleton {

    static final String ADMIN = "admin";
    private static final String ANY = "*";
    private static final String RELEASE_PROCESS = "release";
    private static final String REPORT_PROCESS = "report-a-problem";
    private static final String STEER_PROCESS = "steer-release";
    private static final int TRIES = 3;
    private static final int PASSWORD_BYTES = 18;
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    /** Slipway's groups and what people call them. */
    static final Map<String, String> GROUPS = groups();

    private final ProcessEngine engine;
    private final ServiceCatalog catalog;
    private final AdministratorProperties administrator;
    private final TransactionTemplate transaction;
    private final ObjectProvider<SampleUsers> sampleUsers;
    private final Grants grants;

    FirstStart(
            ProcessEngine engine,
            ServiceCatalog catalog,
            AdministratorProperties administrator,
            PlatformTransactionManager transactions,
            ObjectProvider<SampleUsers> sampleUsers) {
        this.engine = engine;
        this.catalog = catalog;
        this.administrator = administrator;
        this.transaction = new TransactionTemplate(transactions);
        this.sampleUsers = sampleUsers;
        this.grants = new Grants(engine.getAuthorizationService());
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (var left = TRIES; left > 1; left--) {
            try {
                transaction.executeWithoutResult(status -> prepare());
                return;
            } catch (ProcessEngineException concurrent) {
                // Another node that starts at the same time was faster: what it has done is found in the next try.
                LOG.info("Users and groups are being prepared elsewhere ({}); looking again.", concurrent.getMessage());
            }
        }
        transaction.executeWithoutResult(status -> prepare());
    }

    private void prepare() {
        GROUPS.forEach(this::group);
        administrators();
        everybody();
        for (var role : GROUPS.keySet()) {
            allow(role, role);
        }
        servicesOwnGroups();
        sampleUsers.ifAvailable(SampleUsers::create);
        new TaskFilters(engine.getFilterService(), engine.getTaskService(), grants).create();
    }

    private void administrators() {
        group(Groups.CAMUNDA_ADMIN, "Administrators");
        for (var resource : Resources.values()) {
            grants.grant(Groups.CAMUNDA_ADMIN, resource, ANY, Permissions.ALL);
        }
        var identity = engine.getIdentityService();
        var known = identity.createUserQuery().userId(ADMIN).singleResult();
        if (known == null) {
            var password = administrator.isGiven() ? administrator.adminPassword() : madeUp();
            var user = identity.newUser(ADMIN);
            user.setFirstName("Slipway");
            user.setLastName("Administrator");
            user.setPassword(password);
            identity.saveUser(user);
            identity.createMembership(ADMIN, Groups.CAMUNDA_ADMIN);
            if (!administrator.isGiven()) {
                LOG.warn(
                        "Created user {} with password {} . It is shown this once; set SLIPWAY_ADMIN_PASSWORD to choose"
                                + " another.",
                        ADMIN,
                        password);
            }
        } else if (administrator.isGiven()) {
            known.setPassword(administrator.adminPassword());
            identity.saveUser(known);
            identity.unlockUser(ADMIN);
        }
    }

    /**
     * Whoever can log in works in Tasklist, sees how a release goes, and reports what they see of it; tasks stay with
     * those who have them.
     */
    private void everybody() {
        grants.grant(null, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grants.grant(null, Resources.PROCESS_DEFINITION, ANY, Permissions.READ);
        // For the cards in Tasklist: which release, and who is in charge. The API shows the same to everybody.
        // To create an instance is only possible together with the same for its process.
        grants.grant(null, Resources.PROCESS_INSTANCE, ANY, Permissions.READ, Permissions.CREATE);
        grants.grant(null, Resources.PROCESS_DEFINITION, REPORT_PROCESS, Permissions.READ, Permissions.CREATE_INSTANCE);
        // Whose word it is depends on the release, and is checked when it is given.
        grants.grant(null, Resources.PROCESS_DEFINITION, STEER_PROCESS, Permissions.READ, Permissions.CREATE_INSTANCE);
    }

    /** @param group Slipway's own group of that role, or a service's in its place */
    private void allow(String group, String role) {
        switch (role) {
            case "release-managers" -> {
                mayOpenReleases(group);
                maySeeEverything(group);
                grants.grant(
                        group,
                        Resources.PROCESS_DEFINITION,
                        ANY,
                        ProcessDefinitionPermissions.READ_TASK,
                        ProcessDefinitionPermissions.UPDATE_TASK,
                        ProcessDefinitionPermissions.TASK_ASSIGN,
                        ProcessDefinitionPermissions.RETRY_JOB);
                grants.grant(group, Resources.TASK, ANY, Permissions.READ, Permissions.UPDATE, Permissions.TASK_ASSIGN);
                grants.grant(group, Resources.USER, ANY, Permissions.READ);
                grants.grant(group, Resources.GROUP, ANY, Permissions.READ);
            }
            case "process-designers" -> maySeeEverything(group);
            case "engineering", "product" -> mayOpenReleases(group);
            default -> {
                // Tasks reach the others by assignment or candidacy; the engine grants those by itself.
            }
        }
    }

    private void mayOpenReleases(String group) {
        grants.grant(
                group, Resources.PROCESS_DEFINITION, RELEASE_PROCESS, Permissions.READ, Permissions.CREATE_INSTANCE);
        grants.grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
    }

    private void maySeeEverything(String group) {
        grants.grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        grants.grant(
                group,
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE,
                ProcessDefinitionPermissions.READ_HISTORY);
        grants.grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.READ);
        grants.grant(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
        grants.grant(group, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
        grants.grant(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
    }

    private void servicesOwnGroups() {
        for (var service : catalog.services()) {
            var definition = catalog.find(service).orElse(null);
            if (definition == null) {
                continue;
            }
            for (var role : GROUPS.keySet()) {
                var own = definition.group(role);
                if (!own.equals(role)) {
                    group(own, GROUPS.get(role) + " of " + service);
                    allow(own, role);
                }
            }
        }
    }

    private void group(String id, String name) {
        var identity = engine.getIdentityService();
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            var group = identity.newGroup(id);
            group.setName(name);
            group.setType(id.equals(Groups.CAMUNDA_ADMIN) ? "SYSTEM" : "WORKFLOW");
            identity.saveGroup(group);
        }
    }

    private static String madeUp() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> groups() {
        var groups = new LinkedHashMap<String, String>();
        groups.put("release-managers", "Release managers");
        groups.put("release-authority", "Release authority");
        groups.put("engineering", "Engineering");
        groups.put("qa", "Quality assurance");
        groups.put("support", "Support");
        groups.put("product", "Product");
        groups.put("on-call", "On call");
        groups.put("database", "Database");
        groups.put("process-designers", "Process designers");
        return groups;
    }
}

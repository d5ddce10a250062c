package dev.slipway.engine.identity;

import java.util.Arrays;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;

/** Grants what is not granted yet, and takes nothing away that an administrator has granted besides. */
class Grants {

    private final AuthorizationService authorizations;

    Grants(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    /** @param group null for everybody */
    void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        var known = find(group, resource, resourceId);
        var authorization = known == null ? create(group, resource, resourceId) : known;
        if (known == null || Arrays.stream(permissions).anyMatch(wanted -> !known.isPermissionGranted(wanted))) {
            Arrays.stream(permissions).forEach(authorization::addPermission);
            authorizations.saveAuthorization(authorization);
        }
    }

    private Authorization find(String group, Resource resource, String resourceId) {
        var query = authorizations
                .createAuthorizationQuery()
                .resourceType(resource)
                .resourceId(resourceId)
                .authorizationType(group == null ? Authorization.AUTH_TYPE_GLOBAL : Authorization.AUTH_TYPE_GRANT);
        return (group == null ? query : query.groupIdIn(group)).singleResult();
    }

    private Authorization create(String group, Resource resource, String resourceId) {
        var authorization = authorizations.createNewAuthorization(
                group == null ? Authorization.AUTH_TYPE_GLOBAL : Authorization.AUTH_TYPE_GRANT);
        if (group != null) {
            authorization.setGroupId(group);
        }
        authorization.setResource(resource);
        authorization.setResourceId(resourceId);
        return authorization;
    }
}

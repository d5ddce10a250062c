package dev.slipway.api;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v3/api-docs} says about all calls together. */
@Configuration
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Slipway",
                        version = "v1",
                        description = "Release management as one audited process. Errors are problem details"
                                + " (RFC 9457) that name the field at fault and how to fix it.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "basic"),
        tags = {
            @Tag(name = "Releases", description = "Open, see and end releases."),
            @Tag(name = "Pipelines", description = "Ask whether to deploy, attach evidence."),
            @Tag(name = "Calendar", description = "Find a time, subscribe to the calendar."),
            @Tag(name = "People", description = "Report problems, note what you saw."),
            @Tag(name = "Alerts", description = "Send alerts; say which were none."),
            @Tag(name = "Deployers", description = "Report how a deployment went."),
            @Tag(name = "Messages", description = "See what was not delivered to chats and mailboxes.")
        })
@SecurityScheme(
        name = "basic",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "User name and password of the web apps.")
class ApiDescription {

    private static final Map<String, String> ALWAYS = Map.of(
            "400", "A field, a parameter or the body can't be accepted.",
            "401", "Not logged in.",
            "403", "Not allowed.",
            "404", "There is no such thing.",
            "500", "Something failed inside.");

    @Bean
    OpenApiCustomizer describedProblems() {
        return api -> {
            if (api.getComponents() == null) {
                api.setComponents(new Components());
            }
            api.getComponents().addSchemas("Problem", problem());
            if (api.getPaths() != null) {
                api.getPaths()
                        .values()
                        .forEach(path -> path.readOperations().forEach(operation -> describe(api, operation)));
            }
        };
    }

    private static void describe(OpenAPI api, Operation operation) {
        var responses = operation.getResponses();
        responses.keySet().removeIf(code -> code.equals("406") || code.equals("415") || code.equals("405"));
        var open = operation.getSecurity() != null && operation.getSecurity().isEmpty();
        ALWAYS.forEach((code, words) -> {
            if (!(open && (code.equals("401") || code.equals("403")))) {
                responses.put(code, new ApiResponse().description(words));
            }
        });
        responses.forEach((code, response) -> {
            if (code.startsWith("4") || code.startsWith("5")) {
                response.setContent(problemContent());
            }
        });
        if (api.getServers() != null) {
            // The address that the description happened to be read from is nobody else's.
            api.setServers(null);
        }
    }

    private static Content problemContent() {
        return new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem"))
                                .example(Examples.PROBLEM));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What went wrong (RFC 9457).")
                .addProperty("type", new StringSchema().example("urn:slipway:problem:bad-input"))
                .addProperty("title", new StringSchema().example("Bad input"))
                .addProperty("status", new IntegerSchema().example(400))
                .addProperty("detail", new StringSchema().example("version is missing. Give the version."))
                .addProperty("instance", new StringSchema().example("/api/v1/releases"))
                .addProperty(
                        "field",
                        new StringSchema()
                                .description("the field at fault, where there is one")
                                .example("version"));
    }
}

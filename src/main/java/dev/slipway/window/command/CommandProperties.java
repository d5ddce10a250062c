package dev.slipway.window.command;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the operator allows service files to run.
 *
 * @param allowed     absolute paths of programs, default none
 * @param environment names of environment variables that service files may give to them, default none: some, such as
 *                    {@code LD_PRELOAD}, would make an allowed program run another one
 */
@Validated
@ConfigurationProperties("slipway.command")
record CommandProperties(
        @NotNull @DefaultValue List<String> allowed,
        @NotNull @DefaultValue Set<String> environment) {

    CommandProperties {
        allowed = List.copyOf(allowed);
        environment = Set.copyOf(environment);
        for (var text : allowed) {
            // As text: what turns texts into paths would hide what was written.
            var path = Path.of(text);
            if (!path.isAbsolute() || !path.normalize().toString().equals(text)) {
                throw new IllegalArgumentException(
                        "slipway.command.allowed: " + text + " is not an absolute path without . and ..");
            }
        }
    }
}

package dev.slipway;

import dev.slipway.command.Commands;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Slipway: the engine with its web apps, the REST API and the watcher, in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class SlipwayApplication {

    /** Runs the command that the first argument names, or else starts the server. */
    public static void main(String[] args) {
        // The result of a command goes to standard output: no log line before Spring sets logging up.
        LoggingSystem.get(SlipwayApplication.class.getClassLoader()).beforeInitialize();
        var exit = Commands.run(args, inUtf8(System.out), inUtf8(System.err));
        if (exit.isPresent()) {
            System.exit(exit.getAsInt());
        }
        SpringApplication.run(SlipwayApplication.class, args);
    }

    /** Whatever the terminal's locale: machines read the results. */
    private static PrintStream inUtf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}

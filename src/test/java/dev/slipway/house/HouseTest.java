package dev.slipway.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Which room may know which. Phases meet in the diagram, not in Java. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String[] PHASES = {
        "dev.slipway.prerelease..",
        "dev.slipway.communication..",
        "dev.slipway.window..",
        "dev.slipway.observation..",
        "dev.slipway.rollback..",
        "dev.slipway.review.."
    };

    @ArchTest
    static final ArchRule the_kernel_knows_nobody = noClasses()
            .that()
            .resideInAPackage("dev.slipway.release..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("release"));

    @ArchTest
    static final ArchRule the_catalogue_knows_only_the_kernel = noClasses()
            .that()
            .resideInAPackage("dev.slipway.catalog..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("release", "catalog"));

    @ArchTest
    static final ArchRule calendars_know_only_the_kernel_and_the_catalogue = noClasses()
            .that()
            .resideInAPackage("dev.slipway.calendar..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("release", "catalog", "calendar", "http"));

    @ArchTest
    static final ArchRule what_is_shared_over_http_knows_nobody = noClasses()
            .that()
            .resideInAPackage("dev.slipway.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("http"));

    @ArchTest
    static final ArchRule a_phase_knows_no_other_phase = classes()
            .that()
            .resideInAnyPackage(PHASES)
            .should(know("release", "catalog", "engine", "calendar", "http"));

    @ArchTest
    static final ArchRule the_engine_room_knows_no_phase = noClasses()
            .that()
            .resideInAPackage("dev.slipway.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("release", "catalog", "security", "engine"));

    @ArchTest
    static final ArchRule nobody_calls_the_api = noClasses()
            .that()
            .resideOutsideOfPackages("dev.slipway.api..", "dev.slipway.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.api..", "dev.slipway.console..");

    @ArchTest
    static final ArchRule camunda_stays_in_the_engine_room_and_in_delegates =
            classes().that().resideOutsideOfPackage("dev.slipway.engine..").should(knowCamundaOnlyAsDelegates());

    @ArchTest
    static final ArchRule the_judge_does_no_io = noClasses()
            .that()
            .resideInAPackage("dev.slipway.observation.judge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.sql..", "java.nio.file..", "org.springframework..", "org.camunda..");

    /** All rooms but those. */
    private static String[] rooms(String... but) {
        var known = Set.of(but);
        return Stream.of(
                        "release",
                        "catalog",
                        "prerelease",
                        "communication",
                        "window",
                        "observation",
                        "rollback",
                        "review",
                        "engine",
                        "api",
                        "console",
                        "security",
                        "sandbox",
                        "command",
                        "calendar",
                        "http")
                .filter(room -> !known.contains(room))
                .map(room -> "dev.slipway." + room + "..")
                .toArray(String[]::new);
    }

    private static ArchCondition<JavaClass> know(String... rooms) {
        var allowed = Set.of(rooms);
        return new ArchCondition<>("know only " + allowed + " and their own room") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                one.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("dev.slipway."))
                        .filter(dependency -> !room(dependency.getTargetClass()).equals(room(one))
                                && !allowed.contains(room(dependency.getTargetClass())))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> knowCamundaOnlyAsDelegates() {
        return new ArchCondition<>("know the engine only as delegates, listeners or beans of expressions") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                var mayKnow = one.isAssignableTo(JavaDelegate.class)
                        || one.isAssignableTo(ExecutionListener.class)
                        || one.isAssignableTo(TaskListener.class)
                        || one.isAnnotatedWith("dev.slipway.engine.InDiagrams")
                        || one.getSimpleName().endsWith("Variables");
                one.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("org.camunda"))
                        .filter(dependency -> !mayKnow)
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static String room(JavaClass one) {
        var rest = one.getPackageName().replaceFirst("dev\\.slipway\\.?", "");
        return rest.isEmpty() ? "" : rest.split("\\.")[0];
    }
}

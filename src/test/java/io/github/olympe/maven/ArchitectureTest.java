package io.github.olympe.maven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.AbstractMojoExecutionException;
import org.junit.jupiter.api.Test;

/** The rules for packages: which may depend on which. */
class ArchitectureTest {

    private static final String ROOT = "io.github.olympe.maven";
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .importUrl(
                    OlympeException.class.getProtectionDomain().getCodeSource().getLocation());

    private static final Path MAIN = Path.of("src/main/java/io/github/olympe/maven");
    private static final int MOST_FILES = 18;
    private static final int MOST_LINES = 300;

    /** A goal is a class, and Maven looks for the classes of a pom's sections in the package of the goal. */
    private static final Map<String, Integer> LARGER = Map.of("goal", 40);

    @Test
    void packagesDependOnlyOnLowerLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("goal")
                .definedBy(ROOT + ".goal..")
                .layer("above")
                .definedBy(rooms("release", "report", "adopt"))
                .layer("features")
                .definedBy(rooms("snapshot", "node", "image", "vet", "patches", "deploy"))
                .layer("registry")
                .definedBy(ROOT + ".registry..")
                .layer("ground")
                .definedBy(rooms("ci", "credential", "http", "process"))
                .layer("bottom")
                .definedBy(rooms("io", "text"))
                .whereLayer("goal")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("above")
                .mayOnlyBeAccessedByLayers("goal")
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("goal", "above")
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers("goal", "above", "features")
                .whereLayer("ground")
                .mayOnlyBeAccessedByLayers("goal", "above", "features", "registry")
                .whereLayer("bottom")
                .mayOnlyBeAccessedByLayers("goal", "above", "features", "registry", "ground")
                .withOptionalLayers(true)
                .check(PLUGIN);
    }

    private static String[] rooms(String... names) {
        return Stream.of(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    @Test
    void featuresDoNotDependOnEachOther() {
        slices().matching(ROOT + ".(snapshot|node|image|patches|deploy)..")
                .should()
                .notDependOnEachOther()
                .check(PLUGIN);
    }

    /** It inspects assembled images, whichever goal assembled them. */
    @Test
    void vetDependsOnlyOnTheLayoutOfImages() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".vet..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(rooms("snapshot", "node", "image", "patches", "deploy"))
                        .and(not(resideInAPackage(ROOT + ".image.layout.."))))
                .check(PLUGIN);
        noClasses()
                .that(resideInAnyPackage(rooms("snapshot", "node", "image", "patches", "deploy")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".vet..")
                .check(PLUGIN);
    }

    @Test
    void onlyGoalsDependOnMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".goal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..")
                .check(PLUGIN);
    }

    /** Loading a mapper would cost each goal 0.4 seconds. The room's own way to read and write JSON does without. */
    @Test
    void jsonNeedsNoMapper() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectMapper.class)
                .check(PLUGIN);
    }

    /**
     * MaskedLog and MaskedFailure remove secrets and commands for the CI from everything that a user sees, so all output must go through
     * them.
     */
    @Test
    void allOutputGoesThroughOnePlace() {
        noClasses()
                .that()
                // These print commands for the CI. The last one has no goal whose log it could use.
                .haveNameNotMatching(".*\\.(VetMojo|SessionReport|ReportParticipant)")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.slf4j\\.Logger|java\\.util\\.logging\\.Logger|java\\.lang\\.System\\$Logger|.*SystemStreamLog")
                .check(PLUGIN);
        noClasses()
                .that()
                // Maven makes the goal help.
                .haveNameNotMatching(".*\\.(MaskedFailure|HelpMojo)")
                .should()
                .callConstructorWhere(target(owner(assignableTo(AbstractMojoExecutionException.class))))
                .check(PLUGIN);
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(GoalMojo|HelpMojo)")
                .should()
                .callMethod(AbstractMojo.class, "getLog")
                .check(PLUGIN);
    }

    @Test
    void everyMojosNameEndsInMojo() {
        classes()
                .that()
                .areAssignableTo(AbstractMojo.class)
                .should()
                .haveSimpleNameEndingWith("Mojo")
                .check(PLUGIN);
    }

    @Test
    void noClassHasACatchAllName() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)$").check(PLUGIN);
    }

    @Test
    void noFolderHasTooManyFiles() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Path file : sources()) {
            counts.merge(String.valueOf(MAIN.relativize(file).getParent()), 1, Integer::sum);
        }
        counts.forEach((folder, count) -> assertThat(count)
                .as("files in the folder " + folder)
                .isLessThanOrEqualTo(LARGER.getOrDefault(folder, MOST_FILES)));
    }

    @Test
    void noFileIsTooLong() throws IOException {
        Map<String, Integer> lengths = new TreeMap<>();
        for (Path file : sources()) {
            lengths.put(
                    String.valueOf(MAIN.relativize(file)),
                    Files.readAllLines(file).size());
        }
        lengths.values().removeIf(lines -> lines <= MOST_LINES);
        assertThat(lengths).as("files of more than " + MOST_LINES + " lines").isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}

package io.github.olympe.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.apache.maven.plugin.AbstractMojo;
import org.junit.jupiter.api.Test;

/** The rules of the house: who may know whom. */
class ArchitectureTest {

    private static final String ROOT = "io.github.olympe.maven";
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .importUrl(
                    OlympeException.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("goal")
                .definedBy(ROOT + ".goal..")
                .layer("features")
                .definedBy(
                        ROOT + ".snapshot..",
                        ROOT + ".node..",
                        ROOT + ".image..",
                        ROOT + ".patches..",
                        ROOT + ".deploy..")
                .layer("ground")
                .definedBy(ROOT + ".ci..", ROOT + ".credential..")
                .layer("root")
                .definedBy(ROOT)
                .whereLayer("goal")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("goal")
                .whereLayer("ground")
                .mayOnlyBeAccessedByLayers("goal", "features")
                .whereLayer("root")
                .mayNotAccessAnyLayer()
                .check(PLUGIN);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        slices().matching(ROOT + ".(snapshot|node|image|patches|deploy)..")
                .should()
                .notDependOnEachOther()
                .check(PLUGIN);
    }

    @Test
    void onlyGoalsKnowMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".goal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..")
                .check(PLUGIN);
    }

    @Test
    void everyMojoIsNamedSo() {
        classes()
                .that()
                .areAssignableTo(AbstractMojo.class)
                .should()
                .haveSimpleNameEndingWith("Mojo")
                .check(PLUGIN);
    }

    @Test
    void noCatchAllNames() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)$").check(PLUGIN);
    }
}

package io.github.olympe.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The rules for tests: they wait for events and not for time to pass, they have time limits, none is disabled, and none depends on another.
 */
class TestRulesTest {

    private static final JavaClasses TESTS = new ClassFileImporter()
            .importUrl(TestRulesTest.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void noTestSleeps() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Waiting.class)
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .orShould()
                .callMethod(LockSupport.class, "parkNanos", long.class)
                .because("Waiting.until ends as soon as what is awaited happens, and says what did not")
                .check(TESTS);
    }

    @Test
    void everyTestHasATimeLimit() throws IOException {
        Properties settings = new Properties();
        try (InputStream in = TestRulesTest.class.getResourceAsStream("/junit-platform.properties")) {
            settings.load(Objects.requireNonNull(in));
        }
        assertThat(settings.getProperty("junit.jupiter.execution.timeout.default"))
                .matches("[1-9]+ m");
    }

    @Test
    void noTestIsDisabled() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.junit\\.jupiter\\.api\\.(Disabled|Assumptions|condition\\..*)"
                                + "|org\\.assertj\\.core\\.api\\.(Assumptions|.*Assumption.*)|org\\.opentest4j\\.TestAbortedException")
                .check(TESTS);
    }

    @Test
    void noTestDependsOnAnother() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.junit\\.jupiter\\.api\\.(Order|TestMethodOrder|TestClassOrder)")
                .check(TESTS);
    }

    /** A known seed can be printed, so that a failure can be repeated. */
    @Test
    void randomTestsHaveASeed() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(FreePort.class)
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callMethod(Math.class, "random")
                .check(TESTS);
    }
}

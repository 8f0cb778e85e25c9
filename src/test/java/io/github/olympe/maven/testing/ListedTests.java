package io.github.olympe.maven.testing;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Leaves out what a test does and prepares when PIT runs it only to list it. Each JVM that runs mutants, one for a class or more, first runs
 * all tests which reach that class, because JUnit lists the cases of a parameterized test only while it runs. That took most of the time of
 * a run. PIT's JVM arguments switch this on (pom.xml).
 */
public final class ListedTests implements InvocationInterceptor {

    private static final String MUTATING = "org.pitest.mutationtest.execute.MutationTestMinion";
    private static final String LISTING = "org.pitest.junit5.JUnit5TestUnitFinder";

    /** Not in the JVM that finds out which lines each test reaches: there, the tests run while they are listed. */
    private static final boolean LISTS_ONLY =
            System.getProperty("sun.java.command", "").startsWith(MUTATING);

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessListed(test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessListed(test);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext dynamic, ExtensionContext context) throws Throwable {
        runUnlessListed(test);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> preparation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessListed(preparation);
    }

    /** Stops the servers that a test's fields have started; what the test would have prepared is missing. */
    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> end, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (!isListing()) {
            end.proceed();
            return;
        }
        try {
            end.proceed();
        } catch (NullPointerException unprepared) {
            // It is not there to be ended.
        }
    }

    private static void runUnlessListed(Invocation<Void> invocation) throws Throwable {
        if (isListing()) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    private static boolean isListing() {
        return LISTS_ONLY
                && StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getClassName().equals(LISTING)));
    }
}

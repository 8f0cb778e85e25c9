package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.goal.session.SettingsProxies;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.testing.ShopProject;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters and settings of goals, from {@code src/test/resources/bad/goal}. */
class BadInputTest {

    /** Parameters of goals whose plans do not find every mistake yet, so that {@code check} states them itself. */
    private static final Set<String> STATED_BY_CHECK = Set.of();

    @TempDir
    Path folder;

    @Corpus("goal/check")
    void check(BadInput input) throws Exception {
        ShopProject.writeTo(folder);
        List<GoalFixture<?>> goals = goals();
        for (GoalFixture<?> goal : goals) {
            configure(goal, input);
        }
        GoalFixture<CheckMojo> check =
                checkOf(goals.stream().<GoalMojo<?>>map(fixture -> fixture.goal).toList());
        configure(check, input);
        input.check(folder, () -> {
            run(check);
            return "checked";
        });
        assertThat(folder.resolve("target")).doesNotExist();
    }

    /** The goals that {@code mvn deploy} runs, in their order. */
    private List<GoalFixture<?>> goals() {
        return List.of(
                new GoalFixture<>(new InstallNodeMojo(), folder, "validate"),
                new GoalFixture<>(new SnapshotMojo(), folder, "validate"),
                new GoalFixture<>(new ImageMojo(), folder, "validate"),
                new GoalFixture<>(new PushMojo(), folder, "validate"),
                new GoalFixture<>(new DeployMojo(), folder, "validate"));
    }

    private static void configure(GoalFixture<?> fixture, BadInput input) throws ReflectiveOperationException {
        if (fixture.has("registry")) {
            fixture.set("registry", "registry.example.com/acme");
        }
        put(fixture, "nodeVersion", "20.18.1");
        put(fixture, "libraryScript", "build:draw");
        put(fixture, "versionTemplate", "{version}-1");
        set(fixture, input.parts().get(0), input.parts().get(1));
    }

    /** Each goal is alone in its build. {@code check} must refuse exactly what the goal's plan refuses, in the same words. */
    @Corpus("goal/check")
    void checkRefusesWhatTheGoalRefuses(BadInput input) throws Exception {
        ShopProject.writeTo(folder);
        // A build that pushes and deploys.
        Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call().close();
        new ImagesFile(List.of()).write(folder.resolve("target/olympe"));
        Set<String> refusals = new TreeSet<>();
        for (MojoDescriptor descriptor : ParameterDocumentationTest.plugin().getMojos()) {
            if (!Set.of("check", "help").contains(descriptor.getGoal())) {
                GoalMojo<?> goal = (GoalMojo<?>) Class.forName(descriptor.getImplementation())
                        .getDeclaredConstructor()
                        .newInstance();
                GoalFixture<?> fixture = new GoalFixture<>(goal, folder, "validate");
                put(fixture, "frontendImage", "registry.example.com/acme/shop-frontend:1");
                configure(fixture, input);
                Optional<String> refusal = refusal(() -> goal.plan(goal.context()));
                assertThat(refusal(() -> run(checkOf(List.of(goal)))))
                        .as(descriptor.getGoal())
                        .isEqualTo(refusal);
                // promote first needs a source, which no project has in its pom.
                refusal.filter(sentence -> !(goal instanceof PromoteMojo))
                        // Some goals need images, others only the records of deployments.
                        .map(sentence -> sentence.replaceFirst("(?s)'registry.example.com/acme/[^']*'", "'…'"))
                        .ifPresent(refusals::add);
            }
        }
        assertThat(refusals)
                .as("what goals refuse")
                .hasSize(STATED_BY_CHECK.contains(input.parts().get(0)) ? 0 : 1);
    }

    private static Optional<String> refusal(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (OlympeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private GoalFixture<CheckMojo> checkOf(List<GoalMojo<?>> goals) {
        GoalFixture<CheckMojo> check = new GoalFixture<>(
                new CheckMojo() {
                    @Override
                    Goals goals() {
                        return new Goals(List.of(), goals);
                    }
                },
                folder,
                "validate");
        return check;
    }

    /** Sets what a case names, {@code imageName}, {@code label}, {@code frontend/name} or {@code environment/url}, where a goal has it. */
    private static void set(GoalFixture<?> fixture, String name, String value) throws ReflectiveOperationException {
        String parameter = name.replaceFirst("/.*", "").replaceFirst("^olympe\\.", "");
        switch (name) {
            case "label" -> put(fixture, "labels", Map.of(value, "x"));
            case "olympe.environment" -> {
                put(fixture, "environments", List.of(section(new DeployEnvironment(), "name", "test")));
                put(fixture, "environment", value);
            }
            case "payload" -> {
                put(fixture, "deployUrl", "https://deploy.example.com/acme/test");
                put(fixture, "payload", value);
            }
            default -> {
                if (name.startsWith("environment/")) {
                    DeployEnvironment environment = section(new DeployEnvironment(), "name", "test");
                    environment.branch = "main";
                    environment.url = "https://deploy.example.com/acme/test";
                    put(fixture, "environments", List.of(section(environment, name.substring(12), value)));
                } else if (name.startsWith("frontend/")) {
                    put(fixture, parameter, section(new Frontend(), name.substring(9), value));
                } else if (name.startsWith("codeAsData/")) {
                    put(fixture, parameter, section(new CodeAsData(), name.substring(11), value));
                } else {
                    put(fixture, parameter, value);
                }
            }
        }
    }

    private static void put(GoalFixture<?> fixture, String parameter, Object value) {
        if (fixture.has(parameter)) {
            fixture.set(parameter, value);
        }
    }

    private static <T> T section(T section, String element, String value) throws ReflectiveOperationException {
        Field field = Stream.of(section.getClass(), section.getClass().getSuperclass())
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(candidate -> candidate.getName().equals(element))
                .findFirst()
                .orElseThrow();
        field.setAccessible(true);
        field.set(section, field.getType() == List.class ? List.of(value) : value);
        return section;
    }

    @Corpus("goal/proxies")
    void proxies(BadInput input) throws Exception {
        Proxy proxy = new Proxy();
        proxy.setId("test");
        proxy.setProtocol(input.parts().get(0));
        proxy.setHost(input.parts().get(1));
        proxy.setPort(Integer.parseInt(input.parts().get(2)));
        Settings settings = new Settings();
        settings.addProxy(proxy);
        input.check(folder, () -> SettingsProxies.of(settings, Decrypted::of, new SecretMask()));
    }

    @Corpus("goal/build-env")
    void buildEnv(BadInput input) throws Exception {
        input.write(folder.resolve("build.env"));
        input.check(folder, () -> images());
    }

    private DeployImages images() {
        DeployMojo goal = new GoalFixture<>(new DeployMojo(), folder).goal;
        goal.outputDirectory = folder.toFile();
        return goal.images(goal.context());
    }

    @Test
    void randomFilesOfVariablesCauseNoUnexpectedError() throws Exception {
        List<String> good =
                List.of("FRONTEND_IMAGE=r.io/a/web:1\nMAIL_BACKEND_IMAGE=r.io/a/mail:1\nDRAW_VERSION=2.9.2\n");
        Mutations.survive(300, good, bytes -> {
            Files.write(folder.resolve("build.env"), bytes);
            images();
        });
    }

    private static void run(GoalFixture<CheckMojo> check) {
        check.goal.run(List::of, check.goal.context());
    }
}

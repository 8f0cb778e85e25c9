package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.DeployImages;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.testing.ShopProject;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the parameters and settings of a goal may hold, as {@code src/test/resources/bad/goal} has it. */
class BadInputTest {

    @TempDir
    Path folder;

    static Stream<BadInput> check() {
        return BadInput.of("goal", "check");
    }

    @ParameterizedTest
    @MethodSource
    void check(BadInput input) throws Exception {
        ShopProject.writeTo(folder);
        List<GoalFixture<?>> goals = List.of(new GoalFixture<>(new DeployMojo(), folder, "validate"));
        GoalFixture<CheckMojo> check = new GoalFixture<>(
                new CheckMojo() {
                    @Override
                    Goals goals() {
                        return new Goals(
                                List.of(),
                                goals.stream()
                                        .<GoalMojo<?>>map(fixture -> fixture.goal)
                                        .toList());
                    }
                },
                folder,
                "validate");
        check.set("nodeVersion", "20.18.1");
        for (GoalFixture<?> fixture :
                Stream.concat(Stream.of(check), goals.stream()).toList()) {
            if (fixture.has("registry")) {
                fixture.set("registry", "registry.example.com/acme");
            }
            set(fixture, input.parts().get(0), input.parts().get(1));
        }
        input.check(folder, () -> {
            check.goal.run();
            return "checked";
        });
        assertThat(folder.resolve("target")).doesNotExist();
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

    static Stream<BadInput> proxies() {
        return BadInput.of("goal", "proxies");
    }

    @ParameterizedTest
    @MethodSource
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

    static Stream<BadInput> buildEnv() {
        return BadInput.of("goal", "build-env");
    }

    @ParameterizedTest
    @MethodSource
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
    void filesOfVariablesSurviveWhateverIsWrittenIntoThem() throws Exception {
        List<String> good =
                List.of("FRONTEND_IMAGE=r.io/a/web:1\nMAIL_BACKEND_IMAGE=r.io/a/mail:1\nDRAW_VERSION=2.9.2\n");
        Mutations.survive(300, good, bytes -> {
            Files.write(folder.resolve("build.env"), bytes);
            images();
        });
    }
}

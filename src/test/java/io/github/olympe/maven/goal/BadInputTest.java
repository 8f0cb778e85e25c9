package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.DeployImages;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.testing.ShopProject;
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
        CheckMojo goal = new GoalFixture<>(new CheckMojo(), "check", folder, "validate").goal;
        goal.registry = "registry.example.com/acme";
        set(goal, input.parts().get(0), input.parts().get(1));
        input.check(folder, () -> {
            goal.run();
            return "checked";
        });
        assertThat(folder.resolve("target")).doesNotExist();
    }

    private static void set(CheckMojo goal, String parameter, String value) {
        Frontend frontend = new Frontend();
        CodeAsData codeAsData = new CodeAsData();
        DeployEnvironment environment = new DeployEnvironment();
        environment.name = "test";
        environment.url = "https://deploy.example.com/acme/test";
        switch (parameter) {
            case "tags" -> goal.tags = List.of(value);
            case "imageName" -> goal.imageName = value;
            case "registry" -> goal.registry = value;
            case "label" -> goal.labels = Map.of(value, "x");
            case "frontend/name" -> frontend.name = value;
            case "frontend/owner" -> frontend.owner = value;
            case "frontend/target" -> frontend.target = value;
            case "frontend/source" -> frontend.source = value;
            case "frontend/platforms" -> frontend.platforms = List.of(value);
            case "frontend/baseImage" -> frontend.baseImage = value;
            case "codeAsData/targetMode" -> codeAsData.targetMode = value;
            case "deployBranches" -> goal.deployBranches = value;
            case "environment/name" -> environment.name = value;
            case "environment/branch" -> environment.branch = value;
            case "environment/url" -> environment.url = value;
            case "olympe.environment" -> goal.environment = value;
            case "deployUrl" -> goal.deployUrl = value;
            case "payload" -> {
                goal.deployUrl = "https://deploy.example.com/acme/test";
                goal.payload = value;
            }
            case "nodeVersion" -> goal.nodeVersion = value;
            case "snapshotConfig" -> goal.snapshotConfig = value;
            default -> throw new IllegalArgumentException(parameter);
        }
        goal.frontend = frontend;
        goal.codeAsData = codeAsData;
        if (parameter.contains("environment")) {
            goal.environments = List.of(environment);
        }
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
        DeployMojo goal = new GoalFixture<>(new DeployMojo(), "deploy", folder).goal;
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

package io.github.olympe.maven.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    @TempDir
    Path project;

    private static NodeVersion version(String text) {
        return NodeVersion.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        ">=18, 18.0.0, true",
        ">=18.14, 18.13.9, false",
        ">18, 18.9.9, false",
        ">18, 19.0.0, true",
        "<=18, 18.9.9, true",
        "<=18.1, 18.2.0, false",
        "<18, 18.0.0, false",
        "18, 18.5.1, true",
        "18.x, 19.0.0, false",
        "*, 99.0.0, true",
        "'', 99.0.0, true",
        "^18.14.0, 18.13.0, false",
        "^18.14.0, 18.99.0, true",
        "^18.14.0, 19.0.0, false",
        "~18.14, 18.14.9, true",
        "~18.14, 18.15.0, false",
        "'>=18 <21', 20.9.9, true",
        "'>= 18 < 21', 21.0.0, false",
        "'18 - 20', 20.9.0, true",
        "'18.1.0 - 20.1.0', 20.1.1, false",
        "^18 || >=20, 19.0.0, false",
        "^18 || >=20, 22.0.0, true",
        "=20.1.2, 20.1.2, true",
        "v20.1.2, 20.1.2, true",
        "^0.2.3, 0.2.9, true",
        "^0.2.3, 0.3.0, false",
    })
    void matchesTheSameVersionsAsNpm(String range, String version, boolean contains) {
        assertThat(VersionRange.parse(range).orElseThrow().contains(version(version)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", ">=", "18 or later", "1.2.3.4", "node", ">=18 || lts"})
    void isAbsentForAnInvalidRange(String text) {
        assertThat(VersionRange.parse(text)).isEmpty();
    }

    /** Compares with the package {@code semver} of the real npm. */
    @Test
    void agreesWithSemverOfNpm() {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        List<String> ranges = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ranges.add(range(random));
            versions.add(random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(4));
        }
        Path npm = Path.of(NodeFixture.RUNTIME.npm().get(1)).getParent().getParent();
        String script =
                "const s = require(" + quoted(npm.resolve("node_modules/semver").toString()) + ");"
                        + "const [r, v] = process.argv.slice(1).map(x => x.split(';'));"
                        + "r.forEach((range, i) => console.log(s.satisfies(v[i], range)));";
        List<String> answers = new ArrayList<>();
        new CommandRunner(new SecretMask()::mask)
                .run(
                        Command.of(
                                List.of(
                                        NodeFixture.RUNTIME.node().toString(),
                                        "-e",
                                        script,
                                        String.join(";", ranges),
                                        String.join(";", versions)),
                                project,
                                NodeFixture.ENVIRONMENT,
                                Duration.ofMinutes(1)),
                        answers::add);
        assertThat(answers).hasSize(400);
        for (int i = 0; i < 400; i++) {
            boolean contains = VersionRange.parse(ranges.get(i)).orElseThrow().contains(version(versions.get(i)));
            assertThat(contains)
                    .as("seed %s: %s in '%s'", seed, versions.get(i), ranges.get(i))
                    .isEqualTo(Boolean.parseBoolean(answers.get(i)));
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\") + '"';
    }

    private static String range(Random random) {
        List<String> alternatives = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            if (random.nextInt(5) == 0) {
                alternatives.add(partial(random) + " - " + partial(random));
            } else {
                List<String> comparators = new ArrayList<>();
                for (int k = random.nextInt(2); k >= 0; k--) {
                    String[] operators = {"", ">=", "<=", ">", "<", "=", "~", "^"};
                    comparators.add(operators[random.nextInt(operators.length)] + partial(random));
                }
                alternatives.add(String.join(" ", comparators));
            }
        }
        return String.join(" || ", alternatives);
    }

    private static String partial(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "" + random.nextInt(4);
            case 1 -> random.nextInt(4) + "." + random.nextInt(4);
            case 2 -> random.nextInt(4) + ".x";
            default -> random.nextInt(4) + "." + random.nextInt(4) + "." + random.nextInt(4);
        };
    }

    @Test
    void theEngineOfThePackageIsCompared() {
        NodeFixture.write(project, "package.json", "{\"engines\": {\"node\": \">=22\"}}");
        PackageJson packageJson = PackageJson.read(project);
        assertThat(NodeCheck.engines(version("22.1.0"), "'/usr/bin/node'", packageJson))
                .isEmpty();
        assertThatThrownBy(() -> NodeCheck.engines(version("20.1.0"), "'/usr/bin/node'", packageJson))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "asks for Node.js '>=22' (engines.node), but '/usr/bin/node' is 20.1.0; use one that fits");
        assertThatThrownBy(() -> NodeCheck.engines(version("16.1.0"), "'/usr/bin/node'", packageJson))
                .hasMessageContaining("Olympe needs Node.js 18 or later, but '/usr/bin/node' is 16.1.0");
        NodeFixture.write(project, "package.json", "{\"engines\": {\"node\": \"lts\"}}");
        assertThat(NodeCheck.engines(version("20.1.0"), "x", PackageJson.read(project)))
                .singleElement()
                .asString()
                .contains("which is not a version range");
    }
}

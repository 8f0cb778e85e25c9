package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A build script that prints its whole environment shows no secret that this build could use, whatever the build does with it. */
class ScriptOutputConformanceTest {

    private static final String REGISTRY = "r3g1stry-of-acme";
    private static final String UNUSED = "unused-p4ssword";
    private static final String PASSPHRASE = "passphr4se-of-a-key";
    private static final String SHORT = "hunter2";
    private static final String WORD = "olympe";

    @TempDir
    Path shop;

    @BeforeEach
    void write() throws IOException {
        ShopProject.writeTo(shop);
        Files.writeString(shop.resolve("build.js"), """

                for (const [name, value] of Object.entries(process.env)) {
                  console.log(`${name}=${value}`);
                }
                console.log(JSON.stringify(process.env));
                console.log('the registry is ' + process.env.REGISTRY_HOST + ' and the product is olympe');
                """, StandardOpenOption.APPEND);
        ShopProject.writePom(shop, "", """
                <registry>registry.example.com/acme</registry>
                <environmentVariables><DRAW_PASSWORD/></environmentVariables>
                """);
    }

    static Stream<List<String>> builds() {
        return Stream.of(
                List.of("process-classes"),
                List.of("process-classes", "-Dolympe.dryRun=true"),
                List.of("process-classes", "-Dolympe.branch=feature/x"),
                List.of("olympe:build-frontend"));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void showsNoSecret(List<String> arguments) {
        MavenBuild.Result result = MavenBuild.in(shop)
                .with("REG_LOGIN", REGISTRY)
                .with("ANOTHER", UNUSED)
                .with("REGISTRY_HOST", "registry.example.com")
                .with("DRAW_PASSWORD", SHORT)
                .with("WORD_PASSWORD", WORD)
                .server("<server><id>registry.example.com</id><username>ci</username>"
                        + "<password>${env.REG_LOGIN}</password></server>")
                .server("<server><id>unused</id><username>ci</username><password>${env.ANOTHER}</password></server>")
                .run(Stream.concat(arguments.stream(), Stream.of("-Dgpg.passphrase=" + PASSPHRASE))
                        .toArray(String[]::new));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(result.log())
                .contains(
                        "REG_LOGIN=***",
                        "ANOTHER=***",
                        "DRAW_PASSWORD=***",
                        "WORD_PASSWORD=***",
                        "-Dgpg.passphrase=***")
                .contains("the registry is registry.example.com and the product is olympe")
                .doesNotContain(REGISTRY, UNUSED, PASSPHRASE, SHORT, "PASSWORD=" + WORD, "PASSWORD\":\"" + WORD);
    }
}

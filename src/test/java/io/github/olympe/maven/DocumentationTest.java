package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.MavenBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every pom in README.md or docs/ is, whole or in part, the file that the comment above it names. A test builds that file. */
class DocumentationTest {

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (?<file>src/it/[^ ]+) -->\\s*)?```xml\\n(?<xml>.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)(?<target>[^)#]+)(?:#[^)]*)?\\)");

    @TestFactory
    List<DynamicTest> everyPomIsBuiltByATest() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .forEach(block -> tests.add(DynamicTest.dynamicTest(
                            page + ": " + block.group().lines().findFirst().orElse(""),
                            () -> comparePom(page, block.group(1), block.group(2)))));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.toString(),
                        () -> LINK.matcher(Files.readString(page))
                                .results()
                                .forEach(link -> assertThat(page.resolveSibling(link.group(1)))
                                        .exists())));
    }

    private static void comparePom(Path page, String file, String xml) throws IOException {
        assertThat(file)
                .as("%s shows XML without naming the file under src/it that a test builds", page)
                .isNotNull();
        String built = Files.readString(Path.of(file)).replace("@project.version@", MavenBuild.pluginVersion());
        assertThat(squeezed(built)).contains(squeezed(xml));
    }

    /** Removes the white space between elements, so that an excerpt may be indented differently. */
    private static String squeezed(String xml) {
        return xml.replaceAll("\\s*\\n\\s*", "\n").strip();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }
}

package io.github.olympe.maven.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipelines of Olympe's documentation, with changes as teams make them. A case has a title, changes to the documented pipeline
 * ({@code -} and {@code +} lines as in a patch), further files of the project ({@code with}), and the expected result: lines of the pom
 * ({@code pom}, {@code not}), of the table ({@code found}, {@code open}; {@code silent} for what is not open), of the new pipeline
 * ({@code file}), and text that must be nowhere ({@code never}).
 */
class PipelineCasesTest {

    private static final Path RESOURCES = Path.of("src/test/resources/adopt");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> gitlab() throws IOException {
        return tests(
                "gitlab",
                ".gitlab-ci.yml",
                text -> text.replace("<docker registry>", "registry.example.com/acme")
                        .replace("<image-name>", "shop"));
    }

    @TestFactory
    Stream<DynamicTest> azure() throws IOException {
        return tests(
                "azure",
                "azure-pipelines.yml",
                text -> text.replace("<docker registry>", "acme.azurecr.io")
                        .replace("<url>", "https://deploy.example.com")
                        .replace("<project>", "shop")
                        .replace("<instance-codev>", "codev")
                        .replace("<instance-preprod>", "preprod")
                        .replace("<instance>", "production"));
    }

    private Stream<DynamicTest> tests(String ci, String file, java.util.function.UnaryOperator<String> filled)
            throws IOException {
        String documented = filled.apply(Files.readString(RESOURCES.resolve(ci + "/documented/" + file)));
        List<Case> cases = Case.read(RESOURCES.resolve(ci + ".cases"));
        assertThat(cases).hasSizeGreaterThan(10);
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.title, () -> {
                    Path project = Files.createDirectory(folder.resolve(one.title.replaceAll("\\W+", "-")));
                    template(project, ci);
                    one.prepare(project, file, documented);
                    one.verify(project);
                }));
    }

    /** A project of the template's shape, whose pipeline calls the script {@code codeAsData}. */
    private static void template(Path project, String ci) throws IOException {
        FileTree.copy(Path.of("src/it/template"), project);
        Files.delete(project.resolve("pom.xml"));
        Path packageJson = project.resolve("package.json");
        Files.writeString(
                packageJson,
                Files.readString(packageJson)
                        .replace("\"scripts\": {", "\"scripts\": {\n    \"codeAsData\": \"olympe buildCodeAsData\","));
        if (ci.equals("azure")) {
            FileTree.copy(project.resolve("docker"), project.resolve("res/docker"));
        }
    }

    private record Case(String title, List<String> lines) {

        static List<Case> read(Path file) throws IOException {
            List<Case> cases = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("# ")) {
                    cases.add(new Case(line.substring(2), new ArrayList<>()));
                } else if (!line.isBlank()) {
                    cases.get(cases.size() - 1).lines.add(line);
                }
            }
            return cases;
        }

        void prepare(Path project, String file, String documented) throws IOException {
            String text = documented;
            List<String> gone = new ArrayList<>();
            List<String> added = new ArrayList<>();
            for (String line : Stream.concat(lines.stream(), Stream.of("end")).toList()) {
                if (line.startsWith("-") && !added.isEmpty()
                        || !gone.isEmpty() && !line.startsWith("-") && !line.startsWith("+")) {
                    text = changed(text, gone, added);
                    gone.clear();
                    added.clear();
                }
                if (line.startsWith("-")) {
                    gone.add(line.substring(1));
                } else if (line.startsWith("+")) {
                    added.add(line.substring(1));
                } else if (line.startsWith("with ")) {
                    String[] parts = line.substring(5).split(": ", 2);
                    Path path = project.resolve(parts[0]);
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, parts.length > 1 ? parts[1] + "\n" : "FROM scratch\n");
                }
            }
            Files.writeString(project.resolve(file), text);
        }

        private static String changed(String text, List<String> gone, List<String> added) {
            String from = String.join("\n", gone);
            // Changes of whole lines may omit the indentation of the step.
            for (int indent = 0; indent <= 20; indent += 2) {
                String margin = " ".repeat(indent);
                String before = gone.stream()
                        .map(line -> line.isEmpty() ? line : margin + line)
                        .collect(Collectors.joining("\n"));
                if (text.contains(before)) {
                    String after = added.stream().map(line -> margin + line).collect(Collectors.joining("\n"));
                    return text.replace(before, after);
                }
            }
            throw new AssertionError("the pipeline does not have\n" + from);
        }

        void verify(Path project) throws IOException {
            AdoptPlan plan =
                    AdoptPlan.of(new AdoptSettings(project, Optional.empty(), "1.0.0", false, Optional.empty()));
            String table = String.join("\n", plan.describe());
            plan.run();
            String pom = Files.readString(project.resolve("pom.xml"));
            String all = table + pom;
            String pipeline = "";
            for (String name : List.of(".gitlab-ci.olympe.yml", "azure-pipelines.olympe.yml")) {
                if (Files.exists(project.resolve(name))) {
                    pipeline = Files.readString(project.resolve(name));
                }
            }
            String open = table.substring(Math.max(0, table.indexOf("To look at")));
            String found = table.substring(0, table.length() - open.length()).replaceAll(" +", " ");
            for (String line : lines) {
                String wanted = line.replaceFirst("^\\w+ ", "");
                switch (line.replaceFirst(" .*", "")) {
                    case "pom" -> assertThat(pom).contains(wanted);
                    case "not" -> assertThat(pom).doesNotContain(wanted);
                    case "found" -> assertThat(found).contains(wanted.replaceAll(" +", " "));
                    case "open" -> assertThat(open).contains(wanted);
                    case "silent" -> assertThat(open).doesNotContain(wanted);
                    case "file" -> assertThat(pipeline).contains(wanted);
                    case "never" -> assertThat(all + pipeline).doesNotContain(wanted);
                    default -> assertThat(line).matches("(?s)(-|\\+|with ).*");
                }
            }
        }
    }
}

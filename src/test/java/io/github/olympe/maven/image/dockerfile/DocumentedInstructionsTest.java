package io.github.olympe.maven.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.TestTree;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The forms of instructions that docs/images.md shows as understood are followed, and the others are refused with the ways out. */
class DocumentedInstructionsTest {

    private static final Pattern FORM = Pattern.compile("`((?:[A-Z]+ |# syntax)[^`]+)`");
    private static final Pattern BLOCK = Pattern.compile("```dockerfile\n(.+?)```", Pattern.DOTALL);

    @Test
    void documentedInstructionsAreFollowed() throws IOException {
        List<String> forms = forms("### What is understood");
        assertThat(forms).hasSizeGreaterThan(50);
        for (String form : forms) {
            assertThatCode(() -> follow(form)).as(form).doesNotThrowAnyException();
        }
    }

    @Test
    void documentedUnsupportedInstructionsAreRefused() throws IOException {
        List<String> forms = forms("### What is not understood");
        assertThat(forms).hasSizeGreaterThan(14);
        for (String form : forms) {
            assertThatThrownBy(() -> follow(form))
                    .as(form)
                    .isInstanceOf(OlympeException.class)
                    .hasMessageMatching(
                            "(?s)docker/x\\.Dockerfile:\\d+: .*the plugin cannot follow this instruction, since .*"
                                    + "base image.*<dockerfile>none</dockerfile>.*'deploy'.*");
        }
    }

    @Test
    void theDocumentedDockerfileIsFollowed() throws IOException {
        Matcher shown = BLOCK.matcher(Files.readString(Path.of("docs/images.md")));
        assertThat(shown.find()).isTrue();
        String text = shown.group(1).replace("FROM olympeio/frontend-base:stable", "FROM base");
        assertThat(text).contains("FROM base");
        DockerfilePlan plan = DockerfileBuild.of(
                        Dockerfile.parse("docker/frontend.Dockerfile", text), BuildSettings.of("docker", "linux/amd64"))
                .plan(new Context(), new TestImages());
        assertThat(plan.changes().changed())
                .extracting(change -> change.path())
                .contains("etc/nginx/nginx.conf", "usr/share/nginx/html/start.sh");
    }

    private static void follow(String form) {
        String text = form.startsWith("#")
                ? form + "\nFROM base\n"
                : form.startsWith("FROM")
                        ? "ARG BASE=base\n" + form + "\n"
                        : "FROM base AS name\nFROM base\nARG NAME=value\n" + form + "\n";
        DockerfileBuild.of(Dockerfile.parse("docker/x.Dockerfile", text), BuildSettings.of("dist/web", "linux/amd64"))
                .plan(new Context(), new TestImages());
    }

    /** Returns the second columns of the table below a heading. */
    private static List<String> forms(String heading) throws IOException {
        String page = Files.readString(Path.of("docs/images.md"));
        String table = page.substring(page.indexOf(heading)).split("\n#", 2)[0];
        List<String> forms = new ArrayList<>();
        for (String row : table.lines().filter(line -> line.startsWith("|")).toList()) {
            Matcher matcher = FORM.matcher(row.split("(?<!\\\\)\\|")[2]);
            while (matcher.find()) {
                forms.add(matcher.group(1).replace("\\|", "|"));
            }
        }
        return forms;
    }

    private static final class Context implements FolderSource {

        private final TestTree files = TestTree.of("""
                docker/nginx.conf f 640 0:0 conf
                docker/start.sh f 755 0:0 start
                """);

        @Override
        public @Nullable Node child(String name) {
            return name.equals("archives") ? Node.folder(0755, 0, 0, TestImages.archives()) : files.child(name);
        }

        @Override
        public Collection<String> names() {
            return files.names();
        }
    }
}

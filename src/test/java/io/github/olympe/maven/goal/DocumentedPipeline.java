package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The pipelines of {@code docs/ci}, and the {@code mvn} command lines in them. */
final class DocumentedPipeline {

    private static final Path DOCS = Path.of("docs/ci");

    private DocumentedPipeline() {}

    static JsonNode yaml(String file) throws IOException {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
        return new ObjectMapper().valueToTree(content);
    }

    static String text(String file) throws IOException {
        return Files.readString(DOCS.resolve(file));
    }

    static JsonNode last(JsonNode list) {
        return list.get(list.size() - 1);
    }

    /** Returns the command lines of a list of steps, each with a {@code script}, as Bitbucket has them. */
    static List<String> steps(JsonNode steps) {
        List<String> lines = new ArrayList<>();
        steps.forEach(step -> lines.addAll(commands(step.path("step").path("script"))));
        return lines;
    }

    static List<String> commands(JsonNode script) {
        List<String> lines = new ArrayList<>();
        script.forEach(line -> {
            if (line.asText().startsWith("mvn ")) {
                lines.add(line.asText());
            }
        });
        return lines;
    }

    /** Returns the command lines of a stage of the Jenkinsfile. */
    static List<String> stage(String pipeline, String name) {
        int begin = pipeline.indexOf("stage('" + name + "')");
        int end = pipeline.indexOf("stage('", begin + 1);
        List<String> lines = new ArrayList<>();
        Matcher shell = Pattern.compile("sh '(mvn [^']*)'")
                .matcher(pipeline.substring(begin, end < 0 ? pipeline.length() : end));
        while (shell.find()) {
            lines.add(shell.group(1));
        }
        return lines;
    }

    /** Returns the arguments of a command line as a shell gives them to {@code mvn}, with these variables. */
    static String[] arguments(String line, Map<String, String> variables) throws Exception {
        assertThat(line).startsWith("mvn ");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line.substring("mvn ".length()))
                .redirectErrorStream(true);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
        return words.lines().toArray(String[]::new);
    }
}

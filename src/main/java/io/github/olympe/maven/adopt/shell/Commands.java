package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a pipeline: what each of them is for, and what the plugin has for it. */
final class Commands {

    /** What only serves other commands. */
    private static final Set<String> SILENT = Set.of(
            "set",
            "cd",
            "exit",
            "return",
            "true",
            "false",
            ":",
            "shift",
            "pwd",
            "ls",
            "mkdir",
            "rm",
            "cp",
            "mv",
            "chmod",
            "sleep",
            "unset",
            "which",
            "command",
            "whoami",
            "uname",
            "trap",
            "shopt",
            "ulimit",
            "umask",
            "touch",
            "wait",
            "env",
            "id",
            "df",
            "du",
            "break",
            "continue",
            "grep",
            "awk",
            "diff",
            "test",
            "read",
            "if",
            "then",
            "fi",
            "date",
            "type",
            "hash",
            "find",
            "stat",
            "tree");

    private static final Set<String> INSTALLERS =
            Set.of("apt-get", "apt", "apk", "yum", "dnf", "brew", "pip", "nvm", "corepack", "source");
    private static final Pattern SET_VARIABLE =
            Pattern.compile("##vso\\[task\\.setvariable variable=([\\w.]+)[^]]*](.*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s*([A-Za-z_]\\w*)=(.*)$");

    private final Variables variables;
    private final Findings findings;
    private final Facts facts;
    private final NpmCommands npm;
    private final ImageCommands images;
    private final WebhookCommand webhook;

    Commands(Variables variables, Findings findings, Facts facts) {
        this.variables = variables;
        this.findings = findings;
        this.facts = facts;
        this.npm = new NpmCommands(findings, facts);
        this.images = new ImageCommands(findings, facts);
        this.webhook = new WebhookCommand(findings, facts);
    }

    /** Notes what a command does, and returns what it prints. */
    ShellRun.Result run(List<String> words, String input, Place place) {
        String name = words.get(0).replaceFirst(".*/(?=[a-z-]+$)", "");
        List<String> arguments = words.subList(1, words.size());
        Optional<String> filtered = Filters.apply(words, input);
        if (filtered.isPresent()) {
            return ShellRun.Result.of(filtered.get());
        }
        return switch (name) {
            case "echo", "printf" -> ShellRun.Result.of(printed(name, arguments));
            case "cat" ->
                ShellRun.Result.of(arguments.isEmpty() ? input : facts.files().getOrDefault(arguments.get(0), ""));
            case "jq" -> ShellRun.Result.of(jq(arguments, input, place));
            case "compgen" -> ShellRun.Result.of(String.join("\n", variables.names()));
            case "grep" -> grep(arguments, input);
            case "date" -> ShellRun.Result.of(Unknowns.DATE);
            case "node" -> ShellRun.Result.of(npm.node(arguments, place));
            case "git" -> git(arguments, place);
            case "npm", "yarn", "pnpm", "npx", "sh", "bash", "." -> {
                npm.run(name, arguments, place);
                yield ShellRun.Result.NOTHING;
            }
            case "sudo" -> arguments.isEmpty() ? ShellRun.Result.NOTHING : run(arguments, input, place);
            case "docker", "podman", "buildah", "executor", "img", "crane", "skopeo" -> {
                images.run(name, arguments, input, place);
                yield ShellRun.Result.NOTHING;
            }
            case "az", "aws", "gcloud", "helm", "kubectl" -> {
                cloud(words, place);
                yield ShellRun.Result.of(Unknowns.OUTPUT);
            }
            case "curl", "wget" -> {
                webhook.run(arguments, input, place);
                yield new ShellRun.Result("200", Truth.TRUE);
            }
            default -> {
                other(name, words, place);
                yield new ShellRun.Result("", Truth.UNKNOWN);
            }
        };
    }

    private void other(String name, List<String> words, Place place) {
        if (SILENT.contains(name)) {
            return;
        }
        if (INSTALLERS.contains(name)) {
            findings.found(place, String.join(" ", words), "not needed");
        } else if (name.endsWith(".sh")) {
            npm.run("sh", words, place);
        } else if (name.startsWith("mvn")) {
            findings.open(
                    place,
                    String.join(" ", words),
                    "The pipeline runs Maven already; add the goals of the plugin to that pom.");
        } else {
            findings.open(
                    place,
                    String.join(" ", words),
                    "Run it in the new pipeline before or after mvn, if it is still needed.");
        }
    }

    private static String printed(String name, List<String> arguments) {
        List<String> words = arguments;
        while (!words.isEmpty() && words.get(0).matches("-[neE]+")) {
            words = words.subList(1, words.size());
        }
        if (name.equals("printf") && words.size() > 1) {
            return words.get(0).replace("%s", words.get(1)).replace("\\n", "\n");
        }
        String text = String.join(" ", words);
        return name.equals("printf") ? text.replace("\\n", "\n") : text + "\n";
    }

    private String jq(List<String> arguments, String input, Place place) {
        JqCommand command = JqCommand.of(arguments);
        String text = input;
        if (command.file().isPresent()) {
            String file = command.file().get();
            Optional<String> version = npm.version(command.program(), file);
            if (version.isPresent()) {
                return version.get();
            }
            text = facts.files().getOrDefault(file, "");
        }
        Optional<String> result = command.apply(text, variables);
        if (result.isEmpty()) {
            findings.open(
                    place,
                    "jq '" + command.program() + "'",
                    "Look at what it makes of the payload, and set 'payload' in the pom to the same.");
        }
        return result.orElse(text);
    }

    private static ShellRun.Result grep(List<String> arguments, String input) {
        List<String> patterns =
                arguments.stream().filter(argument -> !argument.startsWith("-")).toList();
        if (patterns.isEmpty() || input.isEmpty() || Unknowns.in(input)) {
            return new ShellRun.Result(input, Truth.UNKNOWN);
        }
        String wanted = patterns.get(0).replaceAll("[\\^$]", "");
        String found = String.join(
                "\n", input.lines().filter(line -> line.contains(wanted)).toList());
        return new ShellRun.Result(found, Truth.of(!found.isEmpty()));
    }

    private ShellRun.Result git(List<String> arguments, Place place) {
        String joined = String.join(" ", arguments);
        if (joined.startsWith("rev-parse --abbrev-ref") || joined.startsWith("branch --show-current")) {
            return ShellRun.Result.of(Unknowns.BRANCH);
        }
        if (joined.startsWith("rev-parse")) {
            return ShellRun.Result.of(joined.contains("--short") ? Unknowns.COMMIT : Unknowns.FULL_COMMIT);
        }
        if (joined.startsWith("describe")) {
            return ShellRun.Result.of(Unknowns.TAG);
        }
        if (joined.startsWith("commit") || joined.startsWith("push")) {
            findings.open(
                    place,
                    "git " + joined,
                    "If it saves a snapshot, the goal 'snapshot' commits and pushes by itself.");
        }
        return ShellRun.Result.of("");
    }

    private void cloud(List<String> words, Place place) {
        String line = String.join(" ", words);
        if (line.startsWith("az acr login") || line.contains("ecr get-login") || line.contains("configure-docker")) {
            findings.open(
                    place,
                    line,
                    "Run it in the new pipeline before mvn, which uses docker's login, or: " + ImageCommands.LOGIN);
        } else if (!line.matches("az (--version|account show).*")) {
            findings.open(place, line, "Run it in the new pipeline before or after mvn, if it is still needed.");
        }
    }

    /** Notes what a command writes into a file. */
    void written(String file, String content, boolean appends, Place place) {
        String text = content.endsWith("\n") || content.isEmpty() ? content : content + "\n";
        if (file.endsWith(".docker/config.json") || file.endsWith("auth.json")) {
            findings.open(place, "docker's login in " + file, ImageCommands.LOGIN);
            return;
        }
        if (file.equals("/dev/null")) {
            return;
        }
        facts.files().merge(file, text, (before, added) -> appends ? before + added : added);
        if (appends || file.endsWith(".env")) {
            Matcher assignment = ASSIGNMENT.matcher(content);
            while (assignment.find()) {
                String value = assignment.group(2).strip();
                facts.dotenv().put(assignment.group(1), value);
                variables.set(assignment.group(1), value);
                findings.found(
                        place, assignment.group(1) + " in " + file, "target/olympe/build.env, which the plugin writes");
            }
        }
    }

    /** Sets the variables that printed commands for the CI set. */
    void printed(String output) {
        output.lines().map(SET_VARIABLE::matcher).filter(Matcher::find).forEach(match -> {
            facts.dotenv().put(match.group(1), match.group(2));
            variables.set(match.group(1), match.group(2));
        });
    }
}

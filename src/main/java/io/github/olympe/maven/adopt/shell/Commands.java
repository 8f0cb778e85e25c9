package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Interprets the commands of a pipeline, and finds what the plugin has in their place. */
final class Commands {

    private static final Pattern SET_VARIABLE =
            Pattern.compile("##vso\\[task\\.setvariable variable=([\\w.]+)[^]]*](.*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s*([A-Za-z_]\\w*)=(.*)$");

    private static final Pattern GIT_IS_SILENT = Pattern.compile(
            "(?:add|branch|diff|fetch|log|ls-files|remote -v|show|status|config .*(?:user\\.|safe\\.directory)).*|-?-v.*");

    private final Variables variables;
    private final Findings findings;
    private final Facts facts;
    private final NpmCommands npm;
    private final ImageCommands images;
    private final WebhookCommand webhook;
    private final OtherCommands others;

    Commands(Variables variables, Findings findings, Facts facts) {
        this.variables = variables;
        this.findings = findings;
        this.facts = facts;
        this.npm = new NpmCommands(findings, facts);
        this.images = new ImageCommands(findings, facts);
        this.webhook = new WebhookCommand(findings, facts);
        this.others = new OtherCommands(findings, npm);
    }

    /** Notes what a command does, and returns what it prints. */
    ShellRun.Result run(List<String> words, String input, Place place) {
        String name = words.get(0).replaceFirst(".*/(?=[a-z-]+$)", "");
        List<String> arguments = words.subList(1, words.size());
        if (name.equals("tee")) {
            arguments.stream()
                    .filter(argument -> !argument.startsWith("-"))
                    .forEach(file -> written(file, input, arguments.contains("-a"), place));
        }
        Optional<String> filtered = Filters.apply(words, input);
        if (filtered.isPresent()) {
            return ShellRun.Result.of(filtered.get());
        }
        return switch (name) {
            case "echo", "printf" -> ShellRun.Result.of(printed(name, arguments));
            case "cat" -> ShellRun.Result.of(arguments.isEmpty() ? input : facts.read(arguments.get(0)));
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
            case "sudo", "command", "env", "exec", "nice", "nohup", "time", "timeout", "xargs" ->
                wrapped(name, arguments, input, place);
            case "source" -> {
                npm.run(".", arguments, place);
                yield ShellRun.Result.NOTHING;
            }
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
                others.run(name, words, place);
                yield new ShellRun.Result("", Truth.UNKNOWN);
            }
        };
    }

    /** Handles a command that another command runs. */
    private ShellRun.Result wrapped(String name, List<String> arguments, String input, Place place) {
        List<String> words = new ArrayList<>(arguments);
        boolean asksOnly =
                name.equals("command") && !words.isEmpty() && words.get(0).matches("-[vV]");
        while (!words.isEmpty() && words.get(0).matches("-.*|\\{}|\\d+[smhd]?|[A-Za-z_]\\w*=.*")) {
            String word = words.remove(0);
            if (word.matches("(?s)[A-Za-z_].*")) {
                String variable = word.substring(0, word.indexOf('='));
                variables.set(variable, word.substring(word.indexOf('=') + 1));
                variables.exported(variable, place);
            }
        }
        if (words.isEmpty() || asksOnly) {
            return ShellRun.Result.NOTHING;
        }
        if (name.equals("xargs")) {
            words.addAll(List.of(input.strip().split("\\s+")));
        }
        return run(words, input, place);
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
            text = facts.read(file);
        }
        Optional<String> result = command.apply(text, variables);
        if (result.isEmpty()) {
            findings.open(
                    place,
                    "jq '" + command.program() + "'",
                    "Check how it changes the payload, and set 'payload' in the pom to the result.");
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
        } else if (!GIT_IS_SILENT.matcher(joined).matches()) {
            others.open("git " + joined, place);
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
        if (file.startsWith("/dev/")) {
            return;
        }
        facts.wrote(file, text, appends, place);
        if (appends || file.endsWith(".env")) {
            Matcher assignment = ASSIGNMENT.matcher(content);
            while (assignment.find()) {
                String value = assignment.group(2).strip();
                facts.dotenv().put(assignment.group(1), value);
                variables.set(assignment.group(1), value);
                facts.read(file);
                findings.found(
                        place, assignment.group(1) + " in " + file, "target/olympe/build.env, which the plugin writes");
            }
        }
    }

    /** Reports the variables that no line of a shell has read. */
    void ended() {
        variables
                .unread()
                .forEach(
                        (name, place) -> findings.open(
                                place,
                                "variable " + name,
                                "No line of the script names it. Set it in the new pipeline, if npm or another program reads it."));
    }

    /** Sets the variables that printed commands for the CI set. */
    void printed(String output) {
        output.lines().map(SET_VARIABLE::matcher).filter(Matcher::find).forEach(match -> {
            facts.dotenv().put(match.group(1), match.group(2));
            variables.set(match.group(1), match.group(2));
        });
    }
}

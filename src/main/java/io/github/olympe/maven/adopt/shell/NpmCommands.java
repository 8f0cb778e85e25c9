package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Interprets the commands of npm and its alternatives. */
final class NpmCommands {

    /** Options that do not change how a script runs. */
    private static final Set<String> SAYS_NOTHING = Set.of("--silent", "-s", "--if-present", "--");

    private static final Set<String> WITH_VALUE = Set.of(
            "--cache",
            "--loglevel",
            "--registry",
            "--prefix",
            "-w",
            "--workspace",
            "--userconfig",
            "--omit",
            "--include");

    /** Options of an installation that do not change what is installed. */
    private static final Pattern INSTALL_OPTIONS = Pattern.compile(
            "--cache|--prefer-offline|--(no-)?(audit|fund|progress|color)|--silent|-s|-q|--quiet|--loglevel|--verbose|-d|--ci");

    private final Findings findings;
    private final Facts facts;

    NpmCommands(Findings findings, Facts facts) {
        this.findings = findings;
        this.facts = facts;
    }

    void run(String program, List<String> arguments, Place place) {
        List<String> words =
                arguments.stream().filter(word -> !word.startsWith("-")).toList();
        String line = program + " " + String.join(" ", arguments);
        String first = words.isEmpty() ? "" : words.get(0);
        switch (program) {
            case "npx" -> npx(words, line, place);
            case "sh", "bash", "." -> script(program, words, line, place);
            case "yarn", "pnpm" -> {
                if (first.isEmpty() || first.startsWith("i")) {
                    findings.open(
                            place,
                            line,
                            "The plugin runs npm. Make a package-lock.json with 'npm install', and commit it.");
                } else {
                    ran(first.equals("run") && words.size() > 1 ? words.get(1) : first, line, place);
                }
            }
            default -> npm(words, arguments, line, place);
        }
    }

    private void npm(List<String> words, List<String> arguments, String line, Place place) {
        String first = words.isEmpty() ? "" : words.get(0);
        switch (first) {
            case "ci", "clean-install", "i", "install", "update", "up" -> install(arguments, line, place);
            case "run", "run-script" -> {
                ran(words.size() > 1 ? words.get(1) : "", line, place);
                if (arguments.size() - words.stream().limit(2).count()
                        > arguments.stream().filter(SAYS_NOTHING::contains).count()) {
                    findings.open(
                            place,
                            line,
                            "The goal runs the script without these arguments. Write them into the script of package.json, if they are needed.");
                }
            }
            case "test", "t", "start" -> ran(first.equals("start") ? "start" : "test", line, place);
            case "version" -> version(words.size() > 1 ? words.get(1) : "", line, place);
            case "publish" -> {
                facts.ran("publish", place);
                findings.found(place, line, "goal npm-publish");
                if (arguments.size() > 1) {
                    findings.open(
                            place,
                            line,
                            "The goal publishes without these options. Set 'npmTag' for --tag and 'npmAccess' for --access.");
                }
            }
            case "pack" -> findings.found(place, line, "goal npm-pack");
            case "config", "set", "login" ->
                findings.open(
                        place,
                        line.replaceAll("(?i)(_authToken|_password|_auth)(=| )\\S+", "$1=***"),
                        "Name a server of settings.xml with the token in 'npmServerId', or keep the variable in .npmrc.");
            case "" -> findings.found(place, line, "not needed");
            default -> findings.open(place, line, "Run it in the new pipeline before mvn, if it is still needed.");
        }
    }

    private void install(List<String> arguments, String line, Place place) {
        Flags flags = Flags.of(arguments, WITH_VALUE);
        Set<String> others = new LinkedHashSet<>(flags.options().keySet());
        others.removeIf(option -> INSTALL_OPTIONS.matcher(option).matches());
        if (others.remove("-g") | others.remove("--global")) {
            findings.found(place, line, "not needed");
            return;
        }
        findings.found(place, line, "goal npm-install");
        if (flags.words().size() > 1) {
            findings.open(
                    place,
                    line,
                    "The goal installs what package.json names. Add the package there, if the build needs it.");
        }
        if (!others.isEmpty()) {
            findings.open(
                    place,
                    line,
                    "The goal installs without " + String.join(", ", others)
                            + ". Write it into 'npmArguments', if it is needed.");
        }
    }

    private void ran(String script, String line, Place place) {
        facts.ran(script, place);
        if (script.equals("test")) {
            findings.found(place, line, "goal npm-test");
        }
    }

    private void npx(List<String> words, String line, Place place) {
        boolean olympe = !words.isEmpty() && words.get(0).matches("(@olympeio/)?(olympe|toolkit)");
        String command = words.size() > 1 ? words.get(1) : "";
        if (olympe && command.equals("buildCodeAsData")) {
            facts.ran("buildCodeAsData", place);
            findings.found(place, line, "goal build-code-as-data");
        } else if (olympe && command.equals("snapshot")) {
            findings.open(
                    place,
                    line,
                    "The new pipeline makes no snapshot. Set 'orchestratorHost' in the pom, and run 'mvn olympe:snapshot' in a job of its own.");
        } else {
            findings.open(
                    place, line, "Run it in a script of package.json that the build runs, if it is still needed.");
        }
    }

    private void script(String program, List<String> words, String line, Place place) {
        String file = words.isEmpty() ? "" : words.get(0).replaceFirst("^\\./", "");
        if (program.equals(".") && facts.hasWritten(file)) {
            facts.read(file); // Its variables are already known.
        } else if (file.matches(".*(nvm\\.sh|/activate)")) {
            findings.found(place, line, "not needed");
        } else if (file.toLowerCase(java.util.Locale.ROOT).matches("(.*/)?bump.?version\\.sh")) {
            facts.ran(file, place);
        } else {
            findings.open(place, line, "The script was not read. Compare what it does with the goals of the plugin.");
        }
    }

    private void version(String version, String line, Place place) {
        if (version.isEmpty() || version.matches("major|minor|patch|pre.*") || version.contains("${env.")) {
            findings.open(
                    place, line, "Bind the goal 'bump-version' with the version that you want in 'versionTemplate'.");
            return;
        }
        facts.version(version);
        findings.found(place, line, "goal bump-version");
    }

    String node(List<String> arguments, Place place) {
        String line = String.join(" ", arguments);
        if (line.contains("package.json") && line.contains("version")) {
            return line.contains("@olympeio/draw") ? Unknowns.DRAW_VERSION : Unknowns.VERSION;
        }
        if (!line.startsWith("-v") && !line.startsWith("--version")) {
            findings.open(
                    place,
                    "node " + line,
                    "Run it in a script of package.json that the build runs, if it is still needed.");
        }
        return Unknowns.OUTPUT;
    }

    /** Returns what {@code jq} reads from a package.json: the placeholder of a version. */
    Optional<String> version(String program, String file) {
        if (!file.endsWith("package.json") || !program.replace("\"", "").strip().equals(".version")) {
            return Optional.empty();
        }
        return Optional.of(
                file.equals("package.json") || file.equals("./package.json")
                        ? Unknowns.VERSION
                        : file.contains("@olympeio/draw") ? Unknowns.DRAW_VERSION : Unknowns.OUTPUT);
    }
}

package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.ImageBuild;
import io.github.olympe.maven.adopt.found.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Interprets the commands that build, name and push images. */
final class ImageCommands {

    private static final Set<String> WITH_VALUE = Set.of(
            "-t",
            "--tag",
            "-f",
            "--file",
            "--dockerfile",
            "--build-arg",
            "--label",
            "-d",
            "--destination",
            "-c",
            "--context",
            "--platform",
            "--target",
            "-u",
            "--username",
            "-p",
            "--password",
            "--cache-from",
            "--cache-to",
            "--cache-repo",
            "--progress",
            "--builder",
            "--network",
            "--secret",
            "--output",
            "--format",
            "--creds",
            "--dest-creds",
            "--src-creds",
            "--verbosity",
            "--iidfile");

    /** The options of a build that are read, or that do not change the image. */
    private static final Pattern BUILD_OPTIONS = Pattern.compile(
            "-t|--tag|-f|--file|--dockerfile|--build-arg|--label|-d|--destination|-c|--context|--platform|--target|--pull|--no-cache|--rm|--force-rm"
                    + "|-q|--quiet|--progress|--push|--load|--cache.*|--provenance|--sbom|--iidfile|--verbosity|--builder|--layers|--format"
                    + "|--single-snapshot|--cleanup|--snapshot-?[mM]ode|--use-new-run|--reproducible|--compressed-caching");

    /** What replaces a login to a registry. */
    static final String LOGIN =
            "Give the CI the variable DOCKER_AUTH_CONFIG, docker's config.json with the registry's user and password, or settings.xml a server"
                    + " with the registry's name.";

    private final Findings findings;
    private final Facts facts;

    ImageCommands(Findings findings, Facts facts) {
        this.findings = findings;
        this.facts = facts;
    }

    void run(String program, List<String> arguments, String input, Place place) {
        Flags flags = Flags.of(arguments, WITH_VALUE);
        List<String> words = flags.words();
        String verb = program.equals("executor") ? "build" : words.isEmpty() ? "" : words.get(0);
        if (verb.equals("buildx") || verb.equals("image")) {
            words = words.subList(1, words.size());
            verb = words.isEmpty() ? "" : words.get(0);
        }
        if (verb.matches("cp|create") && !program.matches("crane|skopeo") && !arguments.contains("buildx")) {
            verb = ""; // The files of a container, not an image.
        }
        switch (verb) {
            case "build", "bud" -> build(program, flags, words, place);
            case "tag", "copy", "cp" -> tag(words, place);
            case "push" -> push(words, place);
            case "login" -> login(flags, words, place);
            case "logout",
                    "version",
                    "info",
                    "pull",
                    "ps",
                    "images",
                    "rmi",
                    "prune",
                    "system",
                    "inspect",
                    "use",
                    "create",
                    "rm" -> {}
            default ->
                findings.open(
                        place,
                        program + " " + String.join(" ", arguments),
                        "The plugin needs no Docker; keep the command only if something else needs it.");
        }
    }

    private void build(String program, Flags flags, List<String> words, Place place) {
        Stream.concat(words.stream().skip(1), flags.all("-c", "--context").stream())
                .filter(context -> !Unknowns.in(context) && !context.matches("\\.?/?|-|&&"))
                .forEach(
                        context -> findings.open(
                                place,
                                "context " + context,
                                "The plugin uses the project's folder as the context. Write the paths of COPY in the Dockerfile so."));
        flags.options().keySet().stream()
                .filter(option -> !BUILD_OPTIONS.matcher(option).matches())
                .forEach(option -> findings.open(
                        place,
                        program + " build " + option,
                        "The plugin has nothing for it. Check whether the image needs it."));
        List<String> references = flags.all("-t", "--tag", "-d", "--destination");
        Map<String, String> buildArgs = pairs(flags.all("--build-arg"), place);
        Map<String, String> labels = pairs(flags.all("--label"), place);
        flags.first("--platform")
                .ifPresent(platform -> findings.open(
                        place,
                        "--platform " + platform,
                        "Set 'platforms' of the image to it if it differs from the base image's."));
        flags.first("--target")
                .ifPresent(target -> findings.open(
                        place,
                        "--target " + target,
                        "Make the stage '" + target + "' the last one of the Dockerfile."));
        for (String word : flags.words()) {
            Unknowns.variableIn(word)
                    .ifPresent(
                            name -> findings.open(
                                    place,
                                    "$" + name,
                                    "The file does not set it. If the CI does, add what its options do to the image's section."));
        }
        ImageBuild image = new ImageBuild(
                place,
                references.stream().distinct().toList(),
                flags.first("-f", "--file", "--dockerfile").orElse(""),
                buildArgs,
                labels);
        facts.built(image);
    }

    private Map<String, String> pairs(List<String> written, Place place) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : written) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else {
                pairs.put(pair, Unknowns.variable(pair));
            }
        }
        return pairs;
    }

    private void tag(List<String> words, Place place) {
        if (words.size() > 2) {
            facts.tagged(place, plain(words.get(1)), plain(words.get(2)));
        }
    }

    private void push(List<String> words, Place place) {
        for (String word : words.subList(1, words.size())) {
            findings.found(place, "push of " + plain(word), "goal push");
        }
        if (words.size() > 2) {
            facts.tagged(place, plain(words.get(1)), plain(words.get(2)));
        }
    }

    private static String plain(String reference) {
        return reference.replaceFirst("^(docker|containers-storage|oci)://", "");
    }

    private void login(Flags flags, List<String> words, Place place) {
        String registry = words.size() > 1 ? words.get(words.size() - 1) : "Docker Hub";
        String password = flags.first("-p", "--password").orElse("");
        if (!password.isEmpty() && !Unknowns.in(password)) {
            findings.open(
                    place,
                    "docker login " + registry + " with a password written in the file",
                    "Change the password, and put the new one into a variable of the CI, or a server '" + registry
                            + "' of settings.xml.");
        } else {
            findings.open(place, "docker login " + registry, LOGIN);
        }
    }
}

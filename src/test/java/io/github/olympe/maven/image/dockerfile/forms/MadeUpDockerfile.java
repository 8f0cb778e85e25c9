package io.github.olympe.maven.image.dockerfile.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates Dockerfiles from the grammar: up to three stages of every instruction in its forms, with variables, flags, comments and
 * continued lines, on the files of {@link DockerfileFixture}. It avoids what buildah does differently from docker, as the cases in
 * {@code src/test/resources/dockerfiles} describe: volumes of missing folders, another escape character, and a CMD in shell form after
 * SHELL. It also avoids {@code --link}, which buildah does not know; an EXPOSE whose variables are all empty, which buildah refuses; a
 * range of ports, which buildah keeps as one; {@code $$}, which is empty in docker and a dollar in buildah; and {@code --chmod} for a
 * folder that {@code .dockerignore} excludes except for some files, because buildah does not set its mode.
 */
final class MadeUpDockerfile {

    private static final List<String> BASES = List.of(
            "localhost/base:base",
            "localhost/base:base",
            "localhost/gnu:gnu",
            "localhost/configured:configured",
            "localhost/triggering:triggering",
            "localhost/other:other",
            "localhost/$NAME:${NAME}",
            "scratch");
    private static final List<String> SOURCES = List.of(
            "docker/nginx.conf",
            "docker/start.sh",
            "docker",
            "docker/",
            "./docker/.",
            "docker/*.conf",
            "d*/n?inx.c[n-p]nf",
            "dist/web",
            "dist/web/j*",
            "dist/w*",
            "$SRC",
            "${DIR:-dist/web}/index.html",
            "docker/${FILE:-start.sh}",
            "odd/hard",
            "odd",
            "links",
            "links/to-file",
            "links/to-folder",
            "conflicts",
            "ignored",
            ".",
            "docker/no");
    private static final List<String> TARGETS = List.of(
            "/a",
            "/a/",
            "/new/deep",
            "/new/deep/",
            ".",
            "./",
            "sub/",
            "../up/",
            "named",
            "/srv",
            "/srv/",
            "/web",
            "/web/",
            "/etc/nginx",
            "/etc/link",
            "/shared/x/",
            "/home/node/app",
            "$TO",
            "${TO:-/t}/",
            "/d/$A",
            "/root/patches");
    private static final List<String> OWNERS =
            List.of("node", "nginx", "nginx:root", "node:nginx", "5", "5:6", "0", "1000:0", "7:node");
    private static final List<String> USERS = List.of("node", "nginx", "root", "0", "1000:1000", "5:6", "nginx:root");
    private static final List<String> VALUES = List.of(
            "1",
            "\"two words\"",
            "three\\ words",
            "'$A'",
            "$A",
            "${A}x",
            "${NO:-default}",
            "${A:+set}",
            "plain",
            "a=b",
            "\"say \\\"hi\\\"\"",
            "it\\'s",
            "",
            "\"\"",
            "/opt/bin:$PATH",
            "A$",
            "\\$A",
            "\"${B:-\"inner\"}\"",
            "é",
            "#no-comment");
    private static final List<String> NAMES = List.of("A", "B", "TO", "DIR", "FILE", "PATH", "a.b", "with-dash");
    private static final List<String> FOLDERS =
            List.of("/w", "w", "/w/x", "../y", "/srv", "/home/node/app", "$TO", "/web/deep", ".", "/");
    private static final List<String> COMMANDS = List.of(
            "[\"run\", \"it\"]", "[]", "exec run \"$A\"  it", "[ \"a\", 'b' ]", "[\"quo\\\"te\", \"\\u00e9\"]", "run");
    private static final List<String> PORTS = List.of("80", "443/tcp", "53/udp", "8000", "${PORT:-81}");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int stages;
    private boolean hasShell;

    private MadeUpDockerfile(Random random) {
        this.random = random;
    }

    /** Generates up to three stages. The last one may copy files from the others. */
    static String of(Random random) {
        MadeUpDockerfile dockerfile = new MadeUpDockerfile(random);
        dockerfile.all();
        return dockerfile.text.toString();
    }

    private void all() {
        text.append(one(List.of("", "# a comment\n", "# syntax=docker/dockerfile:1\n", "\n")));
        text.append("ARG NAME=base\nARG BEFORE=b\n");
        int last = random.nextInt(3);
        for (; stages <= last; stages++) {
            stage();
        }
        if (random.nextInt(8) == 0) {
            line("VOLUME", one(List.of("/srv", "[\"/srv\", \"/tmp\"]", "/home/node")));
        }
    }

    private void stage() {
        String base = stages > 0 && random.nextInt(3) == 0 ? "s" + random.nextInt(stages) : one(BASES);
        line("FROM", maybe("--platform=linux/amd64 ") + base + " " + one(List.of("AS", "as")) + " s" + stages);
        hasShell = false;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            instruction();
            text.append(one(List.of("", "", "", "# between\n", "\n")));
        }
    }

    private void instruction() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> copy();
            case 5 -> line("ADD", maybe("--chown=" + one(OWNERS) + " ") + copied());
            case 6 -> line("COPY", from() + maybe("--chown=" + one(OWNERS) + " ") + copiedFrom());
            case 7, 8 -> line("ENV", settings());
            case 9 -> line("LABEL", settings());
            case 10 -> line("WORKDIR", one(FOLDERS));
            case 11 -> line("USER", one(USERS));
            case 12 -> line("EXPOSE", one(PORTS) + maybe(" " + one(PORTS)));
            case 13 -> line("ENTRYPOINT", one(COMMANDS));
            case 14 -> line("CMD", hasShell ? "[\"run\"]" : one(COMMANDS));
            case 15 ->
                line("ARG", one(List.of("A=arg", "BEFORE", "GIVEN=default", "SRC=docker", "PORT=82", "TO=/arg/")));
            case 16 ->
                line(
                        "RUN",
                        one(List.of("touch made", "mkdir -p /a/b && chmod 750 /a", "chmod -R g=u,o-w /srv", "true")));
            case 17 -> line("RUN", MadeUpScript.of(random));
            case 18 ->
                line(
                        "HEALTHCHECK",
                        one(List.of("NONE", "--interval=5m --retries=2 CMD check it", "CMD [\"a\", \"b\"]")));
            default -> seldom();
        }
    }

    private void seldom() {
        switch (random.nextInt(5)) {
            case 0 -> line("STOPSIGNAL", one(List.of("SIGQUIT", "9", "SIGTERM")));
            case 1 -> line("MAINTAINER", "Some One  <some@example.com>");
            case 2 -> line("ONBUILD", one(List.of("COPY docker /d", "RUN   touch $A", "ENV A=b", "USER node")));
            case 3 -> line("EXPOSE", "$PORT 90");
            default -> {
                hasShell = true;
                line("SHELL", one(List.of("[\"/bin/sh\", \"-ec\"]", "[\"/bin/sh\", \"-c\"]")));
            }
        }
    }

    private void copy() {
        String copied = copied();
        boolean hasIgnored =
                copied.contains("ignored") || copied.contains("$SRC") || copied.matches(".*(?<![\\w/.])\\.[\" ].*");
        line("COPY", (hasIgnored ? "" : copyFlags()) + copied);
    }

    private String copyFlags() {
        return maybe("--chown=" + one(OWNERS) + " ")
                + maybe("--chmod=" + one(List.of("600", "755", "0711", "1777", "4755")) + " ");
    }

    private String copied() {
        List<String> words = new ArrayList<>(List.of(one(SOURCES)));
        if (random.nextInt(4) == 0) {
            words.add(one(SOURCES));
        }
        String target = one(TARGETS);
        // Docker requires a slash at the end of a folder that several sources are copied to.
        words.add(words.size() > 1 && !target.endsWith("/") ? target + "/" : target);
        return random.nextInt(5) > 0 ? String.join(" ", words) : "[\"" + String.join("\", \"", words) + "\"]";
    }

    private String from() {
        return "--from="
                + (stages == 0 || random.nextInt(3) == 0
                        ? "localhost/other:other"
                        : random.nextBoolean() ? "s" + random.nextInt(stages) : String.valueOf(random.nextInt(stages)))
                + " ";
    }

    private String copiedFrom() {
        return one(List.of("/srv", "srv/", "/srv/f*", "/etc/passwd", "/a", "/etc", "/srv/link", "/w")) + " "
                + one(TARGETS);
    }

    private String settings() {
        if (random.nextInt(6) == 0) {
            return one(NAMES) + "  " + one(List.of("the rest  \"of the\" line", "$A and ${B}", "x=y"));
        }
        StringBuilder settings = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            settings.append(one(NAMES))
                    .append('=')
                    .append(one(VALUES))
                    .append(i == 0 ? "" : one(List.of(" ", "  ", " \\\n  ")));
        }
        return settings.toString();
    }

    /** Writes an instruction, with the keyword in any case, and sometimes on several lines. */
    private void line(String keyword, String arguments) {
        String written = random.nextInt(10) == 0 ? keyword.toLowerCase(Locale.ROOT) : keyword;
        int space = arguments.indexOf(' ');
        boolean isSplit = space > 0 && random.nextInt(8) == 0 && "COPY ADD EXPOSE LABEL".contains(keyword);
        text.append(one(List.of("", "", "", "  ")))
                .append(written)
                .append(' ')
                .append(
                        isSplit
                                ? arguments.substring(0, space) + " \\\n" + maybe("# within\n") + "   "
                                        + arguments.substring(space)
                                : arguments)
                .append(one(List.of("", "", "", " ")))
                .append('\n');
    }

    private String maybe(String option) {
        return random.nextInt(3) == 0 ? option : "";
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}

package io.github.olympe.maven.image.dockerfile.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates scripts of the commands that RUN supports, on the files of the base images of {@link DockerfileFixture}. */
final class MadeUpScript {

    private static final List<String> PATHS = List.of(
            "/srv",
            "/srv/",
            "/srv/js",
            "/srv/js/old.js",
            "/srv/file",
            "/srv/link",
            "/srv/replaced",
            "/srv/replaced/deep/f",
            "/srv/new",
            "/srv/*",
            "/srv/*/",
            "/etc/link",
            "/etc/nginx",
            "/etc/nginx/nginx.conf",
            "/etc/ng*/n?inx.c[a-o]nf",
            "/web",
            "/web/index.html",
            "/web/new",
            "/usr/share/nginx/html",
            "/usr/share/nginx/html/*",
            "/home/node",
            "/home/node/new",
            "~",
            "~/new",
            "~/patches",
            "/root/patches/old/link",
            "/root/patches/old/own.json",
            "/tmp",
            "/tmp/new",
            "/shared",
            "/shared/new",
            "/new",
            "/new/deep/er",
            "/no/../new",
            "relative",
            "./relative/");
    private static final List<String> MODES = List.of(
            "600",
            "755",
            "0711",
            "1777",
            "750",
            "u+x",
            "g=u",
            "a+rX",
            "go-w",
            "+t",
            "o=",
            "u=rwx,go=rx",
            "ug+w,o-x",
            "-x");
    private static final List<String> OWNERS =
            List.of("nginx", "node", "node:nginx", "nginx:0", "5", "5:6", ":7", ":node", "0:0");
    private static final List<String> GROUPS = List.of("nginx", "extra", "node", "7", "0");

    private final Random random;

    private MadeUpScript(Random random) {
        this.random = random;
    }

    /** Generates up to four commands. */
    static String of(Random random) {
        MadeUpScript script = new MadeUpScript(random);
        List<String> commands = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            commands.add(script.command());
        }
        return String.join(" && ", commands);
    }

    private String command() {
        return switch (random.nextInt(9)) {
            case 0 -> "chmod " + maybe("-R ") + one(MODES) + " " + paths();
            case 1 -> "chown " + maybe("-R ", "-h ") + one(OWNERS) + " " + paths();
            case 2 -> "chgrp " + maybe("-R ", "-h ") + one(GROUPS) + " " + paths();
            case 3 -> "mkdir " + maybe("-p ", "-p -m 700 ", "-m 1755 ") + paths();
            case 4 -> "ln " + one(List.of("-s ", "-sf ", "-sfn ")) + one(PATHS) + " " + one(PATHS);
            case 5 -> "rm " + maybe("-r ", "-f ", "-rf ") + paths();
            case 6 -> "mv " + maybe("-T ", "-f ") + one(PATHS) + " " + one(PATHS);
            case 7 -> "cp " + maybe("-r ", "-a ", "-rT ", "-p ", "-d ") + one(PATHS) + " " + one(PATHS);
            default -> "touch " + maybe("-c ") + paths();
        };
    }

    private String paths() {
        return random.nextInt(3) == 0 ? one(PATHS) + " " + one(PATHS) : one(PATHS);
    }

    private String maybe(String... options) {
        int chosen = random.nextInt(options.length + 1);
        return chosen == options.length ? "" : options[chosen];
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}

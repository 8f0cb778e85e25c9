package io.github.olympe.maven.testing;

import java.util.List;
import java.util.Map;

/**
 * Three small base images with the content of Olympe's real ones: {@code /etc/passwd} and {@code /etc/group} with the user, the parent
 * folders of the target with their owners and modes, environment and entrypoint. Each exists for one platform ({@code …:stable}), and for
 * {@code linux/amd64} and {@code linux/arm64} ({@code …:stable-multi}).
 *
 * @param frontend reference of a base image like {@code olympeio/frontend-base:stable}: nginx, user {@code nginx} 101
 * @param backend like {@code olympeio/backend-base:18-stable}: Node.js, user {@code node} 1000, {@code /home/node} 1000:1000 0750
 * @param codeAsData like {@code olympeio/codeasdata-base:stable}: {@code /root} 0700, {@code /root/patches}
 */
public record TestBaseImages(String frontend, String backend, String codeAsData) {

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            bin:x:1:1:bin:/bin:/sbin/nologin
            daemon:x:2:2:daemon:/sbin:/sbin/nologin
            nobody:x:65534:65534:nobody:/:/sbin/nologin
            """;
    private static final String GROUP = """
            root:x:0:root
            bin:x:1:root,bin,daemon
            daemon:x:2:root,bin,daemon
            nogroup:x:65533:
            nobody:x:65534:
            """;

    /** Pushes them over plain HTTP to {@code registry} ({@code 127.0.0.1:5000}), into repositories named like the real ones. */
    public static TestBaseImages pushTo(String registry) {
        push(registry, "olympeio/frontend-base", "stable", frontend("amd64"), frontend("arm64"));
        push(registry, "olympeio/backend-base", "18-stable", backend("amd64"), backend("arm64"));
        push(registry, "olympeio/codeasdata-base", "stable", codeAsData("amd64"), codeAsData("arm64"));
        return new TestBaseImages(
                registry + "/olympeio/frontend-base:stable",
                registry + "/olympeio/backend-base:18-stable",
                registry + "/olympeio/codeasdata-base:stable");
    }

    /** The multi-platform variant of one of them. */
    public static String multiPlatform(String reference) {
        return reference + "-multi";
    }

    /** Returns the frontend's, whose user {@code nginx} is 101. */
    public static TestImage frontend(String architecture) {
        return frontend(architecture, 101);
    }

    /** Returns the frontend's, whose user {@code nginx} has this id. */
    public static TestImage frontend(String architecture, int nginx) {
        return root(architecture)
                .layer()
                .file(
                        "etc/passwd",
                        0,
                        0,
                        0644,
                        PASSWD + "nginx:x:%1$d:%1$d:nginx:/var/cache/nginx:/sbin/nologin\n".formatted(nginx))
                .file("etc/group", 0, 0, 0644, GROUP + "nginx:x:%d:\n".formatted(nginx))
                .folder("usr/share/nginx", 0, 0, 0755)
                .folder("usr/share/nginx/html", 0, 0, 0755)
                .file("usr/share/nginx/html/50x.html", 0, 0, 0644, "<h1>An error occurred.</h1>\n")
                .file("docker-entrypoint.sh", 0, 0, 0755, "#!/bin/sh\nexec \"$@\"\n")
                .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .env("NGINX_VERSION", "1.27.4")
                .config("ExposedPorts", Map.of("80/tcp", Map.of()))
                .config("StopSignal", "SIGQUIT")
                .config("Labels", Map.of("maintainer", "Test Base Images"))
                .entrypoint("/docker-entrypoint.sh")
                .cmd("nginx", "-g", "daemon off;");
    }

    /** The backend's. */
    public static TestImage backend(String architecture) {
        return root(architecture)
                .layer()
                .file("etc/passwd", 0, 0, 0644, PASSWD + "node:x:1000:1000::/home/node:/bin/sh\n")
                .file("etc/group", 0, 0, 0644, GROUP + "node:x:1000:\n")
                .folder("home/node", 1000, 1000, 0750)
                .file("home/node/.profile", 1000, 1000, 0640, "umask 027\n")
                .file("usr/local/bin/docker-entrypoint.sh", 0, 0, 0755, "#!/bin/sh\nexec \"$@\"\n")
                .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .env("NODE_VERSION", "18.20.8")
                .config("WorkingDir", "/home/node/app")
                .config("User", "node")
                .entrypoint("docker-entrypoint.sh")
                .cmd("node", "main.js");
    }

    /** Code as data's. */
    public static TestImage codeAsData(String architecture) {
        return root(architecture)
                .layer()
                .file("etc/passwd", 0, 0, 0644, PASSWD + "olympe:x:1000:1000::/home/olympe:/bin/sh\n")
                .file("etc/group", 0, 0, 0644, GROUP + "olympe:x:1000:\n")
                .folder("root/patches", 1000, 1000, 0755)
                .file("usr/local/bin/import.sh", 0, 0, 0755, "#!/bin/sh\nls /root/patches\n")
                .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .config("WorkingDir", "/root")
                .entrypoint("/usr/local/bin/import.sh");
    }

    private static TestImage root(String architecture) {
        return TestImage.create()
                .platform("linux", architecture)
                .folder("bin", 0, 0, 0755)
                .folder("etc", 0, 0, 0755)
                .folder("home", 0, 0, 0755)
                .folder("root", 0, 0, 0700)
                .folder("tmp", 0, 0, 01777)
                .folder("usr", 0, 0, 0755)
                .folder("usr/bin", 0, 0, 0755)
                .folder("usr/local", 0, 0, 0755)
                .folder("usr/local/bin", 0, 0, 0755)
                .folder("usr/share", 0, 0, 0755)
                .file("etc/passwd", 0, 0, 0644, PASSWD)
                .file("etc/group", 0, 0, 0644, GROUP)
                .file("etc/architecture", 0, 0, 0644, architecture + "\n");
    }

    private static void push(String registry, String repository, String tag, TestImage amd64, TestImage arm64) {
        amd64.pushTo(registry, repository, tag);
        TestImage.pushIndex(registry, repository, tag + "-multi", List.of(amd64, arm64));
    }
}

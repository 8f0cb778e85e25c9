package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Base images that can run: Debian's nginx, and the Node.js on the PATH, with the libraries that they need and the accounts of Olympe's
 * images.
 */
public final class RunnableBaseImages {

    /** The user that nginx runs as; the machine that runs the tests has no such account. */
    public static final int NGINX = 4242;

    /** Copies a program with the libraries that it needs. */
    private static final String WITH_LIBRARIES = """
            rm -rf rootfs
            with_libraries() {
                mkdir -p rootfs/usr/bin
                cp -L "$1" rootfs/usr/bin/
                ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
                    mkdir -p "rootfs$(dirname "$library")"
                    cp -L "$library" "rootfs$library"
                done
            }
            mkdir -p rootfs/etc rootfs/tmp rootfs/lib/x86_64-linux-gnu
            cp -L /lib/*/libnss_files.so.2 rootfs/lib/x86_64-linux-gnu/ 2>/dev/null || :
            printf 'root:x:0:0::/root:/bin/sh\\nnginx:x:%1$d:%1$d::/:/bin/sh\\nnode:x:1000:1000::/home/node:/bin/sh\\n' > rootfs/etc/passwd
            printf 'root:x:0:\\nnginx:x:%1$d:\\nnode:x:1000:\\n' > rootfs/etc/group
            """.formatted(NGINX);

    private static final String DOCKERFILE = "FROM scratch\nCOPY rootfs/ /\n";

    private RunnableBaseImages() {}

    /** Builds one with nginx, which serves {@code /usr/share/nginx/html} on a port of 127.0.0.1. */
    public static void nginx(ImageTools tools, Path folder, String tag, int port) throws IOException {
        ImageTools.bash(folder, WITH_LIBRARIES + """
                with_libraries "$(command -v nginx || echo /usr/sbin/nginx)"
                mkdir -p rootfs/usr/share/nginx/html rootfs/var/log/nginx rootfs/var/lib/nginx rootfs/run rootfs/dev
                cat > rootfs/etc/nginx.conf <<END
                user nginx root;
                error_log stderr;
                pid /run/nginx.pid;
                events {}
                http { access_log off; server { listen 127.0.0.1:%d; root /usr/share/nginx/html; } }
                END
                """.formatted(port));
        tools.build(tag, folder, DOCKERFILE);
    }

    /** Returns the command that runs nginx in an image with the base image of {@link #nginx}. */
    public static String[] nginxCommand() {
        return new String[] {"/usr/bin/nginx", "-c", "/etc/nginx.conf", "-g", "daemon off;"};
    }

    /** Builds one with Node.js. */
    public static void node(ImageTools tools, Path folder, String tag) throws IOException {
        ImageTools.bash(folder, WITH_LIBRARIES + """
                with_libraries "$(command -v node)"
                mkdir -p rootfs/home/node
                """);
        tools.build(tag, folder, DOCKERFILE);
    }
}

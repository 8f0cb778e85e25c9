package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real {@code git http-backend} behind a real nginx on loopback, with a user and password. */
public final class GitHttpBackend implements AutoCloseable {

    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private GitHttpBackend(int port) {
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param repositories the folder with the bare repositories
     * @param work a folder for its own files
     * @param users the users with their passwords
     */
    public static GitHttpBackend start(Path repositories, Path work, Map<String, String> users) {
        Path nginx = RealProgram.find("nginx", "nginx-light");
        Path fcgiwrap = RealProgram.find("fcgiwrap", "fcgiwrap");
        Path htpasswd = RealProgram.find("htpasswd", "apache2-utils");
        RealProgram.find("git", "git");
        try {
            Files.createDirectories(work);
            for (Map.Entry<String, String> user : users.entrySet()) {
                Path file = work.resolve("htpasswd");
                RealProgram.run(
                        work,
                        htpasswd.toString(),
                        Files.exists(file) ? "-b" : "-bc",
                        file.toString(),
                        user.getKey(),
                        user.getValue());
            }
            // A socket's path is at most 107 bytes long.
            Path socket = Files.createTempDirectory("git").resolve("fcgi");
            GitHttpBackend backend = new GitHttpBackend(FreePort.find());
            String userLine = System.getProperty("user.name").equals("root") ? "user root;" : "";
            Path config = Files.writeString(
                    work.resolve("nginx.conf"), """
                    %s
                    daemon off;
                    worker_processes 1;
                    pid %2$s/nginx.pid;
                    error_log %2$s/error.log;
                    events { worker_connections 64; }
                    http {
                      access_log %2$s/access.log;
                      client_body_temp_path %2$s/body;
                      proxy_temp_path %2$s/proxy;
                      fastcgi_temp_path %2$s/fastcgi;
                      uwsgi_temp_path %2$s/uwsgi;
                      scgi_temp_path %2$s/scgi;
                      client_max_body_size 1g;
                      server {
                        listen 127.0.0.1:%3$d;
                        location / {
                          auth_basic "git";
                          auth_basic_user_file %2$s/htpasswd;
                          fastcgi_param QUERY_STRING $query_string;
                          fastcgi_param REQUEST_METHOD $request_method;
                          fastcgi_param CONTENT_TYPE $content_type;
                          fastcgi_param CONTENT_LENGTH $content_length;
                          fastcgi_param REMOTE_USER $remote_user;
                          fastcgi_param REMOTE_ADDR $remote_addr;
                          fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
                          fastcgi_param GIT_HTTP_EXPORT_ALL "";
                          fastcgi_param GIT_PROJECT_ROOT %4$s;
                          fastcgi_param PATH_INFO $uri;
                          fastcgi_param GIT_PROTOCOL $http_git_protocol;
                          fastcgi_param HOME %2$s;
                          fastcgi_param PATH /usr/bin:/bin;
                          fastcgi_pass unix:%5$s;
                        }
                      }
                    }
                    """.formatted(userLine, work, backend.port, repositories, socket));
            Files.writeString(work.resolve(".gitconfig"), "[safe]\n\tdirectory = *\n");
            backend.start(work, fcgiwrap.toString(), "-c", "4", "-s", "unix:" + socket);
            Waiting.until("fcgiwrap listens", () -> Files.exists(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
            backend.start(work, nginx.toString(), "-p", work.toString(), "-c", config.toString());
            FreePort.await(backend.port);
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    private void start(Path work, String... line) throws IOException {
        Path log = work.resolve(Path.of(line[0]).getFileName() + ".log");
        processes.add(new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}

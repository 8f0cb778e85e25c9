package io.github.olympe.maven.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Encrypts passwords for {@code settings.xml} like Maven's own commands, and writes the file beside {@code settings.xml} that Maven needs
 * to decrypt them. It uses the classes of a real Maven 3 ({@code mvn --encrypt-password} would need the password on its command line, where
 * others can see it), and {@code mvnenc encrypt} of Maven 4.
 */
public interface EncryptedPasswords {

    /** A password encrypted by Maven 4, in the rest of its output. */
    Pattern ENCRYPTED = Pattern.compile("\\{\\[name=master[^{}]*\\}");

    /** Returns the encrypted password. */
    String encrypt(String password) throws Exception;

    /**
     * Encrypts like Maven 3.
     *
     * @param maven the home of a Maven 3
     * @param home the home of the user, which gets {@code .m2/settings-security.xml}
     */
    static EncryptedPasswords maven3(Path maven, Path home) throws Exception {
        Class<?> type = classes(maven, "plexus-cipher", "org.sonatype.plexus.components.cipher.DefaultPlexusCipher");
        Object cipher = type.getConstructor().newInstance();
        String master = "the master's own";
        write(home, "settings-security.xml", """
                <settingsSecurity><master>%s</master></settingsSecurity>
                """.formatted(
                        call(cipher, "encryptAndDecorate", master, "settings.security")));
        return password -> call(cipher, "encryptAndDecorate", password, master);
    }

    /**
     * Encrypts like Maven 4.
     *
     * @param maven the home of a Maven 4
     * @param home the home of the user, which gets {@code .m2/settings-security4.xml}
     */
    static EncryptedPasswords maven4(Path maven, Path home) throws Exception {
        Path master = home.resolve("master");
        Files.writeString(master, "the master's own");
        Path file = write(home, "settings-security4.xml", """
                <settingsSecurity xmlns="http://codehaus-plexus.github.io/plexus-sec-dispatcher/4.1.0">
                  <modelVersion>1.0.0</modelVersion>
                  <defaultDispatcher>master</defaultDispatcher>
                  <configurations>
                    <configuration>
                      <name>master</name>
                      <properties>
                        <property><name>cipher</name><value>AES/GCM/NoPadding</value></property>
                        <property><name>source</name><value>file:%s</value></property>
                      </properties>
                    </configuration>
                  </configurations>
                </settingsSecurity>
                """.formatted(master));
        Map<String, String> known = new HashMap<>();
        return password -> {
            if (!known.containsKey(password)) {
                known.put(password, mvnenc(maven, home, password));
            }
            return known.get(password);
        };
    }

    /** It asks for the password repeatedly until it gets one, with backslashes doubled; {@code init} needs a terminal. */
    private static String mvnenc(Path maven, Path home, String password) throws Exception {
        Path answer = Files.writeString(home.resolve("answer"), password.replace("\\", "\\\\") + "\n");
        Path said = home.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", maven.resolve("bin/mvnenc").toString(), "encrypt")
                .redirectErrorStream(true)
                .redirectInput(answer.toFile())
                .redirectOutput(said.toFile());
        builder.environment().put("MAVEN_OPTS", MavenBuild.SHORT_LIVED + " -Duser.home=" + home);
        Process process = builder.start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String text = Files.readString(said);
        Files.delete(answer);
        Files.delete(said);
        Matcher encrypted = ENCRYPTED.matcher(text);
        if (!ended || !encrypted.find()) {
            throw new AssertionError("mvnenc encrypts nothing: " + text);
        }
        return encrypted.group();
    }

    private static Class<?> classes(Path maven, String library, String name) throws Exception {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> libraries = Files.list(maven.resolve("lib"))) {
            for (Path jar : (Iterable<Path>) libraries::iterator) {
                if (jar.getFileName().toString().matches(library + "-.*\\.jar|slf4j-api-.*\\.jar")) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), EncryptedPasswords.class.getClassLoader()).loadClass(name);
    }

    private static String call(Object target, String method, String first, String second)
            throws ReflectiveOperationException {
        try {
            return (String) target.getClass()
                    .getMethod(method, String.class, String.class)
                    .invoke(target, first, second);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Path write(Path home, String name, String content) throws IOException {
        Path file = Files.createDirectories(home.resolve(".m2")).resolve(name);
        return Files.writeString(file, content);
    }
}

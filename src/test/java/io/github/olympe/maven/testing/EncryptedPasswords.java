package io.github.olympe.maven.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Encrypts passwords for {@code settings.xml} as the commands of Maven do ({@code mvn --encrypt-password}, {@code mvnenc encrypt}), by the
 * classes of a real Maven, and writes the file beside {@code settings.xml} that lets that Maven decrypt them.
 */
public interface EncryptedPasswords {

    /** The password, encrypted. */
    String encrypt(String password) throws Exception;

    /**
     * As Maven 3 does it.
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
     * As Maven 4 does it.
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
        String root = "org.codehaus.plexus.components.secdispatcher.internal.";
        Class<?> type = classes(maven, "plexus-sec-dispatcher", root + "DefaultSecDispatcher");
        ClassLoader loader = type.getClassLoader();
        Object cipher = loader.loadClass(root + "cipher.AESGCMNoPadding")
                .getConstructor()
                .newInstance();
        Object source = loader.loadClass(root + "sources.FileMasterSource")
                .getConstructor()
                .newInstance();
        Object dispatcher = loader.loadClass(root + "dispatchers.MasterDispatcher")
                .getConstructor(Map.class, Map.class)
                .newInstance(Map.of("AES/GCM/NoPadding", cipher), Map.of("file", source));
        Object encryption = type.getConstructor(Map.class, Path.class).newInstance(Map.of("master", dispatcher), file);
        return password -> (String) type.getMethod("encrypt", String.class, Map.class)
                .invoke(encryption, password, Map.of("name", "master"));
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

package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionsTest {

    /** Classes that are loaded again behave like those of another process. */
    @Test
    void oneProcessFindsWhatAnotherStored() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader other =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> inspections = other.loadClass(Inspections.class.getName());
            assertThat(inspections).isNotSameAs(Inspections.class);
            Field rules = inspections.getDeclaredField("RULES");
            rules.setAccessible(true);

            assertThat(rules.get(null)).isEqualTo(Inspections.RULES);
        }
    }
}

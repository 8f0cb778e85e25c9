package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.npm.LibraryPackage;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have that publish a library. */
abstract class AbstractLibraryMojo extends AbstractNodeMojo {

    /** The folder of the built library, which is packed: it has a package.json with {@code codeAsData}. */
    @Parameter(property = "olympe.libraryDirectory", defaultValue = "dist")
    String libraryDirectory;

    final Path libraryDirectory() {
        return projectDirectory().resolve(libraryDirectory).normalize();
    }

    final LibraryPackage libraryPackage() {
        return LibraryPackage.in(libraryDirectory(), Optional.ofNullable(npmRegistry), packageJson());
    }

    final Path pack(LibraryPackage library) {
        unfinishedBuilds().requireFinished(projectDirectory(), libraryDirectory());
        return library.pack(npm(), libraryDirectory(), outputDirectory());
    }
}

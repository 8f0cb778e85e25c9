package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.await.AwaitedFile.Before;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FileChoiceTest {

    private static final AwaitUrl URL = AwaitUrl.of("awaitUrl", "https://shop.example.com", false);

    /** A frontend with these files, given as paths and contents in turn. */
    private static FrontendFiles files(String... pathsAndContents) {
        Map<String, ServedFile> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(
                    pathsAndContents[i],
                    new ServedFile(
                            pathsAndContents[i], Digest.of(pathsAndContents[i + 1]), pathsAndContents[i + 1].length()));
        }
        return new FrontendFiles(files);
    }

    private static final FrontendFiles NEW =
            files("index.html", "<html>", "same.css", "a", "main.js", "console.log(2)", "version.json", "\"1.0.1\"");

    private static Optional<String> path(Optional<AwaitedFile> file) {
        return file.map(chosen -> chosen.file().path());
    }

    @Test
    void choosesTheSmallestFileThatChanged() {
        FrontendFiles before = files(
                "index.html", "<html>", "same.css", "a", "main.js", "console.log(1)", "version.json", "\"1.0.0\"");

        Optional<AwaitedFile> file = new FileChoice(NEW).byContent(before, "record 'x'");

        assertThat(path(file)).contains("version.json");
        assertThat(file.orElseThrow().before()).contains(new Before(Optional.of(Digest.of("\"1.0.0\"")), "record 'x'"));
    }

    @Test
    void choosesANewFile() {
        Optional<AwaitedFile> file = new FileChoice(files("index.html", "<html>", "main.0123abcd.js", "x"))
                .byContent(files("index.html", "<html>"), "record 'x'");

        assertThat(path(file)).contains("main.0123abcd.js");
        assertThat(file.orElseThrow().before().orElseThrow().content()).isEmpty();
    }

    @Test
    void choosesNoneIfTheFrontendIsTheSame() {
        assertThat(new FileChoice(NEW).byContent(NEW, "record 'x'")).isEmpty();
    }

    @Test
    void filesThatNginxDoesNotServeUnchangedAreNeverChosen() {
        FrontendFiles files = files("conf.d/oConfig.json", "{}", ".htaccess", "x", "js/.hidden", "y");

        assertThat(new FileChoice(files).byContent(files(), "record 'x'")).isEmpty();
        assertThat(new FileChoice(files).byName()).isEmpty();
    }

    @Test
    void withoutARecordChoosesTheSmallestTextWithAHashInItsName() {
        FrontendFiles files = files(
                "index.html",
                "<",
                "img/logo.0123456789abcdef.png",
                "p",
                "js/vendor.89abcdef01.js",
                "long text",
                "js/main.4f2a1b9c.js",
                "text",
                "decade-facade.js",
                "");

        assertThat(path(new FileChoice(files).byName())).contains("js/main.4f2a1b9c.js");
    }

    @Test
    void withoutHashesChoosesTheIndex() {
        assertThat(path(new FileChoice(NEW).byName())).contains("index.html");
        assertThat(new FileChoice(files("main.js", "x", "other.js", "y")).byName())
                .isEmpty();
    }

    private static Visitor serving(FrontendFiles files, Function<ServedFile, Sight> otherwise) {
        return (url, asked) -> Optional.ofNullable(files.files().get(asked.path()))
                .map(served -> Sight.of(served.content()))
                .orElseGet(() -> otherwise.apply(asked));
    }

    @Test
    void aLookBeforeTheDeploymentFindsAFileThatIsServedDifferently() {
        FrontendFiles served = files("index.html", "<html>", "same.css", "a", "main.js", "console.log(1)");

        Optional<AwaitedFile> file = new FileChoice(NEW).byLooking(URL, serving(served, asked -> Sight.error(404)));

        assertThat(path(file)).contains("version.json");
        assertThat(file.orElseThrow().before())
                .contains(new Before(Optional.empty(), "what it served before the deployment"));
    }

    @Test
    void anIndexForEveryPathIsDistinguishedFromTheFile() {
        FrontendFiles served = files("index.html", "<html>", "same.css", "a", "main.js", "console.log(2)");

        Optional<AwaitedFile> file =
                new FileChoice(NEW).byLooking(URL, serving(served, asked -> Sight.of(Digest.of("<html>"))));

        assertThat(path(file)).contains("version.json");
        assertThat(file.orElseThrow().before().orElseThrow().content()).contains(Digest.of("<html>"));
    }

    @Test
    void awaitCannotDecideIfEverythingIsServedAlready() {
        assertThat(new FileChoice(NEW).byLooking(URL, serving(NEW, asked -> Sight.error(404))))
                .isEmpty();
    }

    @Test
    void awaitCannotDecideIfOneFileIsServedAlreadyAndOthersAreErrors() {
        Visitor visitor = serving(files("index.html", "<html>"), asked -> Sight.error(503));

        assertThat(new FileChoice(NEW).byLooking(URL, visitor)).isEmpty();
    }

    /** A name with a hash is new with each content, and an index is what a visitor sees first. */
    @Test
    void looksAtFilesNamedByTheirContentFirstThenAtTheIndexThenAtSmallOnes() {
        FrontendFiles files = files(
                "a.css", "1", "b.css", "22", "index.html", "<html></html>", "main.0123abcd.js", "the longest of all");
        List<String> asked = new ArrayList<>();

        new FileChoice(files).byLooking(URL, (url, file) -> {
            asked.add(file.path());
            return Sight.error(503);
        });

        assertThat(asked).containsExactly("main.0123abcd.js", "index.html", "a.css", "b.css");
    }

    @Test
    void aFileNamedByItsContentIsChosenBeforeSmallerOnes() {
        FrontendFiles files = files("a.css", "1", "main.0123abcd.js", "the longest of all");

        assertThat(path(new FileChoice(files).byContent(files(), "record 'x'"))).contains("main.0123abcd.js");
    }

    @Test
    void skipsAFileThatIsAnsweredWithAnError() {
        FrontendFiles served = files("index.html", "<html>", "main.js", "console.log(1)");
        Visitor visitor = serving(served, asked -> Sight.error(asked.path().equals("same.css") ? 403 : 503));

        assertThat(path(new FileChoice(NEW).byLooking(URL, visitor))).contains("main.js");
    }

    @Test
    void anEnvironmentThatIsDownSaysNothingAboutItsFiles() {
        Optional<AwaitedFile> file =
                new FileChoice(NEW).byLooking(URL, (url, asked) -> Sight.noAnswer("Connection refused"));

        assertThat(path(file)).contains("index.html");
        assertThat(file.orElseThrow().before()).isEmpty();
    }
}

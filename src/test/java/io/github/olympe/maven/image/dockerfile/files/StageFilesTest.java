package io.github.olympe.maven.image.dockerfile.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageFilesTest {

    private static StageFiles files(String text) {
        return StageFiles.of(TestTree.of(text));
    }

    @Test
    void aPathMayLeadThroughManyFolders() throws Exception {
        StageFiles files = files("a f 644 0:0");

        assertThat(files.find("/no".repeat(500), true).path()).isEqualTo("/no".repeat(500));
        assertThatThrownBy(() -> files.find("/no".repeat(501), true))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith("the path '/no/no")
                .hasMessageEndingWith("' leads through more than 500 folders; shorten it");
    }

    @Test
    void aPathMayLeadThroughFortyLinks() throws Exception {
        StringBuilder links = new StringBuilder("l0 f 644 0:0 end\n");
        for (int i = 1; i <= 41; i++) {
            links.append("l").append(i).append(" l 0:0 l").append(i - 1).append('\n');
        }
        StageFiles files = files(links.toString());

        assertThat(files.find("/l40", true).path()).isEqualTo("/l0");
        assertThatThrownBy(() -> files.find("/l41", true))
                .isInstanceOf(FilesException.class)
                .hasMessage("'/l41' leads through more than 40 links");
    }

    @Test
    void aPlaceHasItsRealPath() throws Exception {
        StageFiles files = files("""
                a/b/f f 644 0:0 f
                a/b/up l 0:0 ../../c
                a/b/root l 0:0 /c/d
                c/d/g f 644 0:0 g
                """);

        assertThat(files.find("/a/./b//up/d/g", false).path()).isEqualTo("/c/d/g");
        assertThat(files.find("/a/b/root/g", false).path()).isEqualTo("/c/d/g");
        assertThat(files.find("/a/b/root/../new", false).path()).isEqualTo("/c/new");
        assertThat(files.find("/a/b/root", true).path()).isEqualTo("/c/d");
        assertThat(files.find("/a/b/root", false).path()).isEqualTo("/a/b/root");
        assertThat(files.find("/../..", true).path()).isEqualTo("/");
        assertThat(files.find("/a/b/f/no/../x", true)).isEqualTo(new Spot("/a/b/f/x", null, null, "/a/b/f"));
        assertThat(files.find("/a/no/x", true)).isEqualTo(new Spot("/a/no/x", null, null, null));
    }

    @Test
    void aFolderThatIsThereGetsTheAttributesOfACopiedOne() throws Exception {
        StageFiles files = files("");
        Node into = files.makeFolders("/srv", 1, 1);
        Node from = files("js d 700 0:0\njs/a f 644 0:0 a").root();

        StageFiles.merge(from, into, 1, node -> {});
        StageFiles.merge(from, into, 2, node -> {
            node.setOwner(7, 8);
            node.setMode(0711);
        });

        assertThat(TestTree.of("").changes(files))
                .containsExactly("srv d 755 1:1", "srv/js d 711 7:8", "srv/js/a f 711 7:8 a");
        assertThat(files.find("/srv/js", true).require().copy()).isEqualTo(2);
    }

    /** A source that knows everything at once is not asked for each name. */
    @Test
    void whatASourceKnowsAtOnceIsTakenAtOnce() throws Exception {
        AtOnce source = new AtOnce();
        StageFiles files = files("");

        StageFiles.merge(Node.folder(0755, 0, 0, source), files.makeFolders("/srv", 0, 0), 1, node -> {});

        assertThat(TestTree.of("").changes(files)).containsExactly("srv d 755 0:0", "srv/a f 600 0:0 ");
        assertThat(source.asked).isEmpty();
    }

    @Test
    void whatIsMovedIsTakenAtOnce() throws Exception {
        AtOnce source = new AtOnce();
        StageFiles files = files("");
        files.root().put("from", Node.folder(0755, 0, 0, source));

        files.move(files.find("/from", false), files.find("/to", false));

        assertThat(TestTree.of("").changes(files)).containsExactly("to d 755 0:0", "to/a f 600 0:0 ");
        assertThat(source.asked).isEmpty();
    }

    @Test
    void aDeviceCanBeRemovedButNotCopied() throws Exception {
        TestTree tree = TestTree.of("dev o 644 0:0");
        StageFiles files = StageFiles.of(tree);
        Node device = files.find("/dev", true).require();

        assertThatThrownBy(() -> StageFiles.copy(device, 1, node -> {}))
                .isInstanceOf(FilesException.class)
                .hasMessage("a device, pipe or socket cannot be copied");
        assertThatThrownBy(device::content)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only a file has content");
        assertThat(device.isFile() || device.isFolder() || device.isLink()).isFalse();
        files.remove(files.find("/dev", true));
        assertThat(tree.changes(files)).containsExactly("- dev");
    }

    /** A folder with the file {@code a}. */
    private static final class AtOnce implements FolderSource {

        private final List<String> asked = new ArrayList<>();

        @Override
        public @Nullable Node child(String name) {
            asked.add(name);
            return Node.file(0600, 0, 0, Content.EMPTY);
        }

        @Override
        public Collection<String> names() {
            asked.add("/");
            return List.of("a");
        }

        @Override
        public boolean fill(Node folder) {
            folder.put("a", Node.file(0600, 0, 0, Content.EMPTY));
            return true;
        }
    }
}

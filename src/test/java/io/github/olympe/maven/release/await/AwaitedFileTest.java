package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.await.AwaitedFile.Before;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwaitedFileTest {

    private static final ServedFile MAIN = new ServedFile("main.js", Digest.of("new"), 3);
    private static final FrontendFiles NONE = new FrontendFiles(Map.of());

    private static AwaitedFile served(String content) {
        return new AwaitedFile(
                MAIN, Optional.of(new Before(Optional.ofNullable(content).map(Digest::of), "what it served")));
    }

    private static FrontendFiles main(String content) {
        return new FrontendFiles(Map.of("main.js", new ServedFile("main.js", Digest.of(content), content.length())));
    }

    @Test
    void whatWasServedBeforeIsNamedAfterTheFrontendThatHasIt() {
        assertThat(served("old").named(main("old"), "record 'x'").before())
                .contains(new Before(Optional.of(Digest.of("old")), "record 'x'"));
        assertThat(served(null).named(NONE, "record 'x'").before())
                .contains(new Before(Optional.empty(), "record 'x'"));
    }

    @Test
    void whatNoFrontendHasKeepsItsName() {
        assertThat(served("a page of the load balancer").named(main("old"), "record 'x'"))
                .isEqualTo(served("a page of the load balancer"));
        assertThat(served("old").named(NONE, "record 'x'")).isEqualTo(served("old"));
        AwaitedFile unknown = new AwaitedFile(MAIN, Optional.empty());
        assertThat(unknown.named(NONE, "record 'x'")).isEqualTo(unknown);
    }

    @Test
    void aFileThatWasAskedForTellsTwoFrontendsApartIfTheyDiffer() {
        assertThat(served("old").tellsApart(main("new"), main("old"))).isTrue();
        assertThat(served("old").tellsApart(main("new"), NONE)).isTrue();
        assertThat(served("old").tellsApart(main("new"), main("new"))).isFalse();
        assertThat(served("old").tellsApart(NONE, main("old"))).isFalse();
        assertThat(new AwaitedFile(MAIN, Optional.empty()).tellsApart(main("new"), main("old")))
                .isFalse();
    }

    @Test
    void theLayersOfAFrontendAreThoseOfItsBaseToo() {
        Descriptor layer = LayerBlob.descriptor(new LayerBlob().bytes());
        Digest base = Digest.of("base");

        assertThat(new FrontendLayers(List.of(layer), Set.of(base), one -> InputStream.nullInputStream()).digests())
                .containsExactlyInAnyOrder(base, layer.digest());
    }
}

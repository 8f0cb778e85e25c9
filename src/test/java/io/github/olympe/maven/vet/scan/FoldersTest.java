package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldersTest {

    private static final Folders ROOT = new Folders(List.of(""), List.of(""));
    private static final Folders USUAL = new Folders(List.of("srv/www"), List.of("srv/www", "app"));

    @Test
    void nginxMayServeTheWholeImage() {
        assertThat(ROOT.serves("etc/passwd")).isTrue();
        assertThat(ROOT.relative("etc/passwd")).isEqualTo("etc/passwd");
        assertThat(USUAL.serves("srv/www/index.html")).isTrue();
        assertThat(USUAL.serves("srv/www2/index.html")).isFalse();
    }

    @Test
    void anEnvironmentHidesConfDOfTheApplicationAlone() {
        assertThat(USUAL.hides("app/conf.d/oConfig.json")).isTrue();
        assertThat(USUAL.hides("app/x/conf.d/oConfig.json")).isFalse();
        assertThat(USUAL.hides("conf.d/oConfig.json")).isFalse();
        assertThat(ROOT.hides("conf.d/oConfig.json")).isTrue();
    }

    @Test
    void anApplicationHasItsConfigurationInItsTopFolder() {
        assertThat(USUAL.configures("app/oConfig.json")).isTrue();
        assertThat(USUAL.configures("app/x/oConfig.json")).isFalse();
        assertThat(USUAL.configures("oConfig.json")).isFalse();
        assertThat(ROOT.configures("oConfig.json")).isTrue();
        assertThat(ROOT.configures("x/oConfig.json")).isFalse();
    }
}

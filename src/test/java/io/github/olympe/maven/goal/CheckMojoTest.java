package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.Test;

@MojoTest
class CheckMojoTest {

    @Test
    @Basedir("src/test/resources/projects/empty")
    @InjectMojo(goal = "check", pom = "pom.xml")
    @MojoParameter(name = "skip", value = "true")
    void isSkipped(CheckMojo check) throws Exception {
        check.execute();
        assertThat(check.skip).isTrue();
    }
}

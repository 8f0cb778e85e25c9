package io.github.olympe.maven.credential;

import static io.github.olympe.maven.testing.Mutations.text;

import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content of settings.xml, from {@code src/test/resources/bad/credential}. */
class BadInputTest {

    @TempDir
    Path folder;

    @Corpus("credential/non-proxy-hosts")
    void nonProxyHosts(BadInput input) throws Exception {
        input.check(folder, () -> isLeftOut(input.parts().get(0), input.parts().get(1)));
    }

    private static boolean isLeftOut(String pattern, String host) {
        return !new HttpProxy("http", "proxy", 8080, Optional.empty(), List.of(pattern)).appliesTo("http", host);
    }

    @Corpus("credential/server")
    void server(BadInput input) throws Exception {
        Credentials credentials = new Credentials(id -> Optional.empty(), Map.of(), new SecretMask());
        input.check(folder, () -> credentials.deployToken(input.text()));
    }

    @Test
    void randomPatternsCauseNoUnexpectedError() throws Exception {
        Mutations.survive(
                3000,
                List.of("*.example.com", "10.*.*.1", "localhost"),
                text(pattern -> isLeftOut(pattern, "a.b.c.example.com")));
    }
}

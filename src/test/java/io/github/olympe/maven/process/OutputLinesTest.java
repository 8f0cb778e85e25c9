package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

    private final SecretMask mask = new SecretMask();
    private final List<String> lines = new ArrayList<>();
    private final OutputLines out = new OutputLines(mask::mask, lines::add);

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    @Test
    void linesMayEndAsOnAnySystem() {
        print("unix\nwindows\r\n10 %\r20 %\r\n\n");
        print("\r");
        print("\nlast");
        out.write('!');
        out.close();
        out.close();
        assertThat(lines).containsExactly("unix", "windows", "10 %", "20 %", "", "", "last!");
    }

    @Test
    void aCharacterMayComeInTwoParts() {
        byte[] bytes = "é\n".getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, 1);
        out.write(bytes, 1, 2);
        assertThat(lines).containsExactly("é");
    }

    @Test
    void aLineOfNormalLengthIsComplete() {
        String line = "x".repeat(OutputLines.LONGEST);
        print(line + "\nnext\n");
        assertThat(lines).containsExactly(line, "next");
    }

    @Test
    void onlyTheBeginningOfALongerLineIsPassedOn() {
        for (int i = 0; i < 1000; i++) {
            print("x".repeat(1000));
        }
        print("\nnext\n");
        assertThat(lines).hasSize(2).last().isEqualTo("next");
        assertThat(lines.get(0))
                .startsWith("xxx")
                .endsWith("x … (a line of 1000000 bytes)")
                .hasSizeLessThan(200_000);
    }

    @Test
    void halfASecretIsNotShown() {
        mask.add(Secret.of("s3cr3t-of-some-length"));
        for (int before = OutputLines.LONGEST - 30; before < OutputLines.LONGEST; before++) {
            print("x".repeat(before) + "s3cr3t-of-some-length" + "x".repeat(100) + "\n");
            print("s3cr3t-of-some-length".repeat(20_000) + "\n");
        }
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain("s3c", "length"));
    }
}

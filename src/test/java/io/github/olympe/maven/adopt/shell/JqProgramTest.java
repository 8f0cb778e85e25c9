package io.github.olympe.maven.adopt.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** jq programs that assemble payloads. Each prints here what jq 1.7 prints ({@code jq -c}). */
class JqProgramTest {

    private static final Variables VARIABLES = new Variables(Map.of("TAG", "main-1"));

    private static JqCommand jq(String... arguments) {
        return JqCommand.of(List.of(arguments));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                ". ; {\"a\":1} ; {\"a\":1}",
                ".a ; {\"a\":{\"b\":2}} ; {\"b\":2}",
                ".a.b ; {\"a\":{\"b\":2}} ; 2",
                ".\"a-b\" ; {\"a-b\":2} ; 2",
                ".a = 2 ; {\"a\":1,\"c\":3} ; {\"a\":2,\"c\":3}",
                ".a.b.c = true ; {} ; {\"a\":{\"b\":{\"c\":true}}}",
                ".a |= \"x\" ; {} ; {\"a\":\"x\"}",
                ".a += [2] ; {\"a\":[1]} ; {\"a\":[1,2]}",
                ".a += {\"c\":2} ; {\"a\":{\"b\":1}} ; {\"a\":{\"b\":1,\"c\":2}}",
                ".a += \"y\" ; {\"a\":\"x\"} ; {\"a\":\"xy\"}",
                ".a += [1] ; {} ; {\"a\":[1]}",
                ".a = .b ; {\"b\":5} ; {\"b\":5,\"a\":5}",
                ".a = 1 | .b = false ; {} ; {\"a\":1,\"b\":false}",
                ".a = null ; {} ; {\"a\":null}",
                ".a = -3 ; {} ; {\"a\":-3}",
                "del(.a) ; {\"a\":1,\"b\":2} ; {\"b\":2}",
                "del(.a.b) ; {\"a\":{\"b\":2,\"c\":3}} ; {\"a\":{\"c\":3}}",
                "del(.x.y) ; {\"b\":2} ; {\"b\":2}",
                ". + {\"b\":2} ; {\"a\":1} ; {\"a\":1,\"b\":2}",
                ". * {\"a\":{\"c\":2}} ; {\"a\":{\"b\":1}} ; {\"a\":{\"b\":1,\"c\":2}}",
                "{a: .b, \"c d\": [.b, 2]} ; {\"b\":1} ; {\"a\":1,\"c d\":[1,2]}",
                "{a: (\"x\" + \"y\")} ; {} ; {\"a\":\"xy\"}",
                "[] ; {} ; []",
                ".image = \"shop:\\($ENV.TAG)\" ; {} ; {\"image\":\"shop:main-1\"}",
                ".image = \"shop:\\(env.TAG)\" ; {} ; {\"image\":\"shop:main-1\"}",
                ".image = \"shop:\" + $ENV.TAG ; {} ; {\"image\":\"shop:main-1\"}",
                ".image = env.TAG ; {} ; {\"image\":\"main-1\"}",
                ".q = \"a\\\"b\\\\c\\/d\" ; {} ; {\"q\":\"a\\\"b\\\\c/d\"}",
            })
    void isReadAsJqReadsIt(String program, String input, String expected) {
        assertThat(jq(program).apply(input, VARIABLES)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "map(.a)",
                ".[] | .a",
                "if . then 1 else 2 end",
                "select(.a)",
                ".a = 1.5e3x",
                ".a =",
                "del(.a",
                "del(.)",
                "(1",
                ".a + 1",
                "1 + \"x\"",
                "keys ]",
                "{a: 1} }",
                "@base64",
            })
    void whatIsMoreThanThatIsNotUnderstood(String program) {
        assertThat(jq(program).apply("{\"a\":{}}", VARIABLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "-n,--arg,t,main-1,{image: $t} ; {\"image\":\"main-1\"}",
                "-n,--arg,t,main-1,{$t} ; {\"t\":\"main-1\"}",
                "--null-input,--argjson,o,[1],.o = $o ; {\"o\":[1]}",
                "-n,--argjson,o,no json,.o = $o ; {\"o\":\"no json\"}",
                "-n,--arg,t,main-1,.i = \"x-\\($t)\" ; {\"i\":\"x-main-1\"}",
                "-n,.o = $nobody ; {\"o\":\"{output}\"}",
                "-r,.a ; x",
                "--raw-output,.a ; x",
                "-cr,.a ; x",
                ".a ; \"x\"",
                ".a,payload.json ; \"x\"",
                "-c ; {\"a\":\"x\"}",
            })
    void itsArgumentsAreRead(String arguments, String expected) {
        JqCommand command = JqCommand.of(Arrays.asList(arguments.split(",")));
        assertThat(command.apply("{\"a\":\"x\"}", VARIABLES)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`` ; {\"a\":1}",
                "# nothing yet ; {\"a\":1}",
                "${env.PAYLOAD} ; {\"{object}\":\"PAYLOAD\",\"a\":1}",
            })
    void aPayloadMayBeEmptyOrAVariable(String input, String expected) {
        assertThat(jq(".a = 1").apply(input, VARIABLES)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[1]", "3"})
    void whatIsNoObjectIsNotChanged(String input) {
        assertThat(jq(".a = 1").apply(input, VARIABLES)).isEmpty();
    }
}

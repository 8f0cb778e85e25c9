package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {

    static Stream<Arguments> saysTheReasonInWords() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/x"), "access denied: /x"),
                Arguments.of(new NoSuchFileException("/x"), "not found: /x"),
                Arguments.of(
                        new FileSystemException("/x", null, "No space left on device"), "/x: No space left on device"),
                Arguments.of(new FileSystemException(null), "no reason was given"),
                Arguments.of(new DirectoryNotEmptyException("/x"), "the folder is not empty: /x"),
                Arguments.of(new EOFException(), "it ends too early"),
                Arguments.of(new MalformedInputException(1), "it is not in UTF-8"),
                Arguments.of(new UnknownHostException("git.example.com"), "unknown host: git.example.com"),
                Arguments.of(new ConnectException("Connection refused"), "Connection refused"),
                Arguments.of(new IOException((String) null, new AccessDeniedException("/x")), "access denied: /x"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"));
    }

    @ParameterizedTest
    @MethodSource
    void saysTheReasonInWords(Throwable failure, String words) {
        assertThat(Reason.of(failure)).isEqualTo(words);
    }
}

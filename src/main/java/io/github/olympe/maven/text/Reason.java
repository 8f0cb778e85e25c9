package io.github.olympe.maven.text;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Says in words why something failed: the message of an exception, without the name of a Java class. */
public final class Reason {

    private Reason() {}

    /**
     * Returns a part of a sentence, such as {@code access denied: /srv/app}, for an exception of the JDK. For many of these only the class
     * says what went wrong, and the message is just a path.
     */
    public static String of(Throwable failure) {
        String kind = kind(failure);
        String message = failure instanceof FileSystemException file ? message(file) : message(failure);
        if (message == null || message.isBlank()) {
            return kind != null ? kind : causeOf(failure);
        }
        return kind == null ? message.strip() : kind + ": " + message.strip();
    }

    private static @Nullable String kind(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "not found";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it already exists";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (failure instanceof FileSystemLoopException) {
            return "its links form a loop";
        }
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not in UTF-8";
        }
        return failure instanceof UnknownHostException ? "unknown host" : null;
    }

    private static @Nullable String message(Throwable failure) {
        return failure instanceof CharacterCodingException ? null : failure.getMessage();
    }

    private static @Nullable String message(FileSystemException failure) {
        if (failure.getReason() == null) {
            return failure.getFile();
        }
        return failure.getFile() == null ? failure.getReason() : failure.getFile() + ": " + failure.getReason();
    }

    private static String causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause == failure ? "no reason was given" : of(cause);
    }
}

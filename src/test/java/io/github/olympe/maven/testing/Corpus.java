package io.github.olympe.maven.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A test that runs with each {@link BadInput} of a table of the corpus. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(Corpus.Cases.class)
public @interface Corpus {

    /** The table without its extension, {@code node/package-json}. */
    String value();

    /** Reads the table. */
    final class Cases implements ArgumentsProvider, AnnotationConsumer<Corpus> {

        private String table = "";

        @Override
        public void accept(Corpus corpus) {
            table = corpus.value();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return BadInput.of(table).map(Arguments::of);
        }
    }
}

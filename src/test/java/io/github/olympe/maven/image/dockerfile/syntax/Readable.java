package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.List;

/** Reads Dockerfiles of tests. One with a mistake or with an instruction that is not followed fails, with a line for each. */
final class Readable {

    private Readable() {}

    static Dockerfile dockerfile(String path, String text) {
        Dockerfile read = Dockerfile.parse(path, text);
        List<String> wrong = new ArrayList<>();
        read.mistakes().forEach(mistake -> wrong.add(mistake.sentence()));
        read.instructions().forEach(instruction -> {
            if (instruction instanceof Instruction.NotFollowed refused) {
                wrong.add(refused.refusal());
            }
        });
        if (!wrong.isEmpty()) {
            throw OlympeException.of(wrong);
        }
        return read;
    }
}

package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.util.ArrayList;
import java.util.List;

/**
 * The script of a {@code RUN} instruction.
 *
 * @param commands the commands, each with its words; each runs if the one before succeeded
 */
public record Script(List<List<Word>> commands) {

    public Script {
        commands = commands.stream().map(List::copyOf).toList();
    }

    /**
     * Parses the text that a shell would get. Everything that does not depend on variables is checked.
     *
     * @throws NotComputable if it is more than known commands joined by {@code &&}
     * @throws FilesException if a command has wrong arguments
     */
    public static Script shell(String text) throws NotComputable, FilesException {
        return new Script(new ScriptReader(text).commands()).checked();
    }

    /**
     * Parses one command that runs without a shell.
     *
     * @throws NotComputable if its effect cannot be computed
     * @throws FilesException if it has wrong arguments
     */
    public static Script exec(List<String> words) throws NotComputable, FilesException {
        return new Script(List.of(words.stream()
                        .map(word -> new Word(List.of(new Word.Text(word, true))))
                        .toList()))
                .checked();
    }

    private Script checked() throws NotComputable, FilesException {
        for (List<Word> command : commands) {
            Word name = command.get(0);
            if (!name.isFixed()) {
                throw new NotComputable("the name of a command is a variable");
            }
            boolean isFixed = command.stream().allMatch(Word::isFixed);
            List<String> words = new ArrayList<>();
            for (Word word : isFixed ? command : List.of(name)) {
                word.expand(variable -> null).forEach(field -> words.add(field.text()));
            }
            if (isFixed) {
                Commands.of(words);
            } else {
                Commands.require(words.get(0));
            }
        }
        return this;
    }

    /**
     * Carries out the script.
     *
     * @throws NotComputable if its effect turns out not to be computable
     * @throws FilesException if a command fails
     */
    public void run(Session session) throws NotComputable, FilesException {
        for (List<Word> command : commands) {
            List<String> words = new ArrayList<>();
            for (Word word : command) {
                for (Word.Field field : word.expand(session::variable)) {
                    words.addAll(session.paths(field));
                }
            }
            Commands.of(words).run(session);
        }
    }
}

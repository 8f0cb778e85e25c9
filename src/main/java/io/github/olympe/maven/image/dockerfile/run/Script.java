package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.util.ArrayList;
import java.util.List;

/**
 * The script of a {@code RUN} instruction.
 *
 * @param commands the commands, each with its words; each is run if the one before succeeded
 */
public record Script(List<List<Word>> commands) {

    public Script {
        commands = commands.stream().map(List::copyOf).toList();
    }

    /**
     * Reads the text that a shell would be given. All that does not depend on variables is checked.
     *
     * @throws NotComputable if it is more than commands that can be worked out, joined by {@code &&}
     * @throws FilesException if a command has wrong arguments
     */
    public static Script shell(String text) throws NotComputable, FilesException {
        return new Script(new ScriptReader(text).commands()).checked();
    }

    /**
     * One command that is run without a shell.
     *
     * @throws NotComputable if it is not one that can be worked out
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
                Commands.require(words.isEmpty() ? "" : words.get(0));
            }
        }
        return this;
    }

    /**
     * Does what the script does.
     *
     * @throws NotComputable if it cannot be worked out after all
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

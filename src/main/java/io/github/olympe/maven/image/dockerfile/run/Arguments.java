package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options and operands of a command. As in POSIX, options come first. */
final class Arguments {

    private final String command;
    private final Set<Character> options = new HashSet<>();
    private final Map<Character, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /**
     * Parses arguments.
     *
     * @param flags the letters of known options; a colon after a letter means that the option takes a value
     * @param names long names, with the letters that they stand for
     * @throws NotComputable if there is another option
     */
    Arguments(String command, List<String> words, String flags, Map<String, Character> names) throws NotComputable {
        this.command = command;
        int i = 0;
        for (; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (word.startsWith("--")) {
                Character letter = names.get(word);
                if (letter == null) {
                    throw unknown(word);
                }
                options.add(letter);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                i += letters(words, i, flags);
            } else {
                break;
            }
        }
        boolean ended = i > 0 && words.get(i - 1).equals("--");
        for (String operand : words.subList(i, words.size())) {
            if (!ended && operand.length() > 1 && operand.startsWith("-")) {
                throw new NotComputable(
                        "'" + command + "' has the option '" + operand + "' after other words; put options first");
            }
            operands.add(operand);
        }
    }

    /** Reads a word of options, and returns how many of the next words belong to it. */
    private int letters(List<String> words, int i, String flags) throws NotComputable {
        String word = words.get(i);
        for (int j = 1; j < word.length(); j++) {
            int known = flags.indexOf(word.charAt(j));
            if (known < 0 || word.charAt(j) == ':') {
                throw unknown("-" + word.charAt(j));
            }
            if (flags.startsWith(":", known + 1)) {
                boolean isNext = j + 1 == word.length();
                if (isNext && i + 1 == words.size()) {
                    throw unknown(word);
                }
                values.put(word.charAt(j), isNext ? words.get(i + 1) : word.substring(j + 1));
                return isNext ? 1 : 0;
            }
            options.add(word.charAt(j));
        }
        return 0;
    }

    private NotComputable unknown(String option) {
        return new NotComputable("'" + command + "' has the option '" + option + "', whose effect it cannot compute");
    }

    boolean has(char option) {
        return options.contains(option);
    }

    Optional<String> value(char option) {
        return Optional.ofNullable(values.get(option));
    }

    /**
     * Returns the operands.
     *
     * @throws FilesException if there are fewer than that
     */
    List<String> operands(int fewest) throws FilesException {
        if (operands.size() < fewest) {
            throw new FilesException("'" + command + "' needs " + (fewest == 1 ? "a path" : fewest + " operands"));
        }
        return operands;
    }
}

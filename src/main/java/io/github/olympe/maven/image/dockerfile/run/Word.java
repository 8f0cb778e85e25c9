package io.github.olympe.maven.image.dockerfile.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A word of a script, in the parts that a shell would see.
 *
 * @param parts texts and variables
 */
record Word(List<Part> parts) {

    Word {
        parts = List.copyOf(parts);
    }

    /** A part of a word. Quoted parts are neither split nor treated as patterns. */
    sealed interface Part {}

    /** A literal text. */
    record Text(String text, boolean quoted) implements Part {}

    /**
     * A variable.
     *
     * @param operator {@code -}, {@code +} or {@code ?} as in {@code ${x:-y}}; a space if there is none
     * @param emptyIsUnset whether there is a colon before the operator
     * @param other the text after the operator
     */
    record Variable(String name, char operator, boolean emptyIsUnset, Word other, boolean quoted) implements Part {}

    /** {@code ~}, the home of the user. */
    record Home() implements Part {}

    /** Returns whether it does not depend on variables. */
    boolean isFixed() {
        return parts.stream().allMatch(Text.class::isInstance);
    }

    /** A word after expansion: its text, and the same text as a pattern in which quoted characters are escaped. */
    record Field(String text, String pattern) {}

    /**
     * Returns the words that result when variables are replaced and unquoted parts are split at white space: none, one or several.
     *
     * @param variables returns the value of a variable, {@code null} if it has none
     * @throws NotComputable if a required variable is not set, or the words become too long
     */
    List<Field> expand(Function<String, @Nullable String> variables) throws NotComputable {
        Fields fields = new Fields(variables);
        fields.addAll(this, false);
        return fields.all();
    }

    /** The words that are complete so far. */
    private static final class Fields {

        private static final int LONGEST = 128 << 10;

        private final Function<String, @Nullable String> variables;
        private final List<Field> all = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder pattern = new StringBuilder();
        private boolean inWord;
        private int length;

        Fields(Function<String, @Nullable String> variables) {
            this.variables = variables;
        }

        void addAll(Word word, boolean quoted) throws NotComputable {
            for (Part part : word.parts()) {
                if (part instanceof Text literal) {
                    add(literal.text(), quoted || literal.quoted(), false);
                } else if (part instanceof Variable variable) {
                    add(variable, quoted || variable.quoted());
                } else {
                    String home = variables.apply("HOME");
                    add(home == null ? "~" : home, true, false);
                }
            }
        }

        private void add(Variable variable, boolean quoted) throws NotComputable {
            String value = variables.apply(variable.name());
            boolean isSet = value != null && !(variable.emptyIsUnset() && value.isEmpty());
            if (variable.operator() == '?' && !isSet) {
                throw new NotComputable("the variable '" + variable.name() + "' has no value");
            }
            if (variable.operator() == '+' ? isSet : variable.operator() == '-' && !isSet) {
                addAll(variable.other(), quoted);
                inWord |= quoted;
            } else if (value != null && variable.operator() != '+') {
                add(value, quoted, true);
            } else {
                inWord |= quoted;
            }
        }

        private void add(String part, boolean quoted, boolean split) throws NotComputable {
            length += part.length();
            if (length > LONGEST) {
                throw new NotComputable("its words become longer than " + (LONGEST >> 10) + " KiB");
            }
            inWord |= quoted;
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                if (split && !quoted && (c == ' ' || c == '\t' || c == '\n')) {
                    end();
                    continue;
                }
                if (quoted && "*?[]\\-!^".indexOf(c) >= 0) {
                    pattern.append('\\');
                }
                text.append(c);
                pattern.append(c);
                inWord = true;
            }
        }

        private void end() {
            if (inWord) {
                all.add(new Field(text.toString(), pattern.toString()));
            }
            text.setLength(0);
            pattern.setLength(0);
            inWord = false;
        }

        List<Field> all() {
            end();
            return all;
        }
    }
}

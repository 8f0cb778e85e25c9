package io.github.olympe.maven.adopt.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that change a text: {@code sed}, {@code tr}, {@code cut} and similar ones. */
final class Filters {

    private static final Pattern SUBSTITUTION = Pattern.compile("(?s)s(.)(.*?)(?<!\\\\)\\1(.*?)(?<!\\\\)\\1([gI]*)");

    private Filters() {}

    /** Applies the command to its input. The result is absent for any other command. */
    static Optional<String> apply(List<String> command, String input) {
        return switch (command.get(0)) {
            case "sed" -> sed(command, input);
            case "tr" -> Optional.of(tr(command, input));
            case "cut" -> cut(command, input);
            case "head", "tail", "sort", "uniq", "tee", "base64" -> Optional.of(input);
            case "basename" -> Optional.of(command.size() > 1 ? command.get(1).replaceFirst(".*/", "") : input);
            default -> Optional.empty();
        };
    }

    private static Optional<String> sed(List<String> command, String input) {
        String text = input;
        if (command.stream().skip(1).anyMatch(argument -> argument.matches("-[a-zA-Z]*i.*|--in-place.*"))) {
            return Optional.empty(); // The command changes files.
        }
        for (String argument : command.subList(1, command.size())) {
            Matcher substitution = SUBSTITUTION.matcher(argument);
            if (substitution.matches()) {
                boolean extended = command.contains("-E") || command.contains("-r");
                String from = substitution.group(2);
                String to = substitution.group(3).replace("\\" + substitution.group(1), substitution.group(1));
                try {
                    Matcher matcher =
                            Pattern.compile(extended ? from : basic(from)).matcher(text);
                    String replacement = to.replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
                    text = substitution.group(4).contains("g")
                            ? matcher.replaceAll(replacement)
                            : matcher.replaceFirst(replacement);
                } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                    return Optional.of(Unknowns.OUTPUT);
                }
            } else if (!argument.startsWith("-")) {
                return Optional.of(Unknowns.OUTPUT);
            }
        }
        return Optional.of(text);
    }

    /** Converts a basic regular expression to Java's syntax. In a basic one, parentheses and braces are literal unless escaped. */
    private static String basic(String expression) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                char next = expression.charAt(++i);
                regex.append("(){}|+?".indexOf(next) >= 0 ? "" : "\\").append(next);
            } else {
                regex.append("(){}|+?".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.toString();
    }

    /**
     * Applies {@code tr}. Only known characters can be replaced. The slugs of branches and tags contain none of those that scripts remove.
     */
    private static String tr(List<String> command, String input) {
        List<String> sets = command.stream()
                .skip(1)
                .filter(argument -> !argument.matches("-[a-z]+"))
                .toList();
        boolean deletes = command.stream().anyMatch(argument -> argument.matches("-[a-z]*d[a-z]*"));
        if (sets.isEmpty() || sets.get(0).contains("[:") || sets.get(0).matches("[A-Z]-[A-Z]")) {
            return input; // Converting to lower case changes nothing, because image names are in lower case.
        }
        String from = sets.get(0);
        String to = sets.size() > 1 && !deletes ? sets.get(1) : "";
        StringBuilder text = new StringBuilder();
        for (char c : input.toCharArray()) {
            int index = from.indexOf(c);
            if (index < 0 || Character.isLetterOrDigit(c) || c == '{' || c == '}') {
                text.append(c);
            } else if (!to.isEmpty()) {
                text.append(to.charAt(Math.min(index, to.length() - 1)));
            }
        }
        return text.toString();
    }

    private static Optional<String> cut(List<String> command, String input) {
        String joined = String.join(" ", command.subList(1, command.size()));
        Matcher characters = Pattern.compile("-[cb]\\s*(?:1)?-(\\d+)").matcher(joined);
        if (characters.matches()) {
            return Optional.of(part(input.strip(), 0, Integer.parseInt(characters.group(1))));
        }
        Matcher field = Pattern.compile("-d\\s*(.) -f\\s*(\\d+)").matcher(joined);
        if (field.matches()) {
            String[] parts = input.split(Pattern.quote(field.group(1)), -1);
            int index = Integer.parseInt(field.group(2)) - 1;
            return Optional.of(index < parts.length ? parts[index] : "");
        }
        return Optional.of(Unknowns.OUTPUT);
    }

    /** Returns a part of a text; the first digits of a commit are the short commit. */
    static String part(String text, int start, int length) {
        if (text.equals(Unknowns.FULL_COMMIT)) {
            return Unknowns.COMMIT;
        }
        if (Unknowns.in(text)) {
            return text;
        }
        int from = Math.min(start, text.length());
        return text.substring(from, Math.min(text.length(), from + length));
    }
}

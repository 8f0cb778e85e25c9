package io.github.olympe.maven.node.webpack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A part of a JavaScript file, comments left out.
 *
 * @param kind what it is
 * @param text a word or sign as it is written; for a string or a piece of a template, its content
 */
record JsToken(Kind kind, String text) {

    enum Kind {
        /** A name, a keyword or a number. */
        WORD,
        /** A string, or a template without expressions. */
        STRING,
        /** The part of a template before its first expression. */
        TEMPLATE,
        /** The part of a template after an expression. */
        TEMPLATE_REST,
        REGEX,
        SIGN
    }

    /** After these words an expression begins, so that a slash there begins a regular expression. */
    private static final Set<String> BEFORE_EXPRESSION =
            Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await");

    private static final List<String> SIGNS = List.of("...", "===", "!==", "=>", "==", "!=", "?.", "??", "&&", "||");

    /**
     * Reads a file.
     *
     * @throws NotKnown if this class does not fully understand the file
     */
    static List<JsToken> all(String text) throws NotKnown {
        return new Reader(text).read();
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isString() {
        return kind == Kind.STRING;
    }

    private static final class Reader {

        private final String text;
        private final List<JsToken> tokens = new ArrayList<>();
        private final Deque<String> open = new ArrayDeque<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<JsToken> read() throws NotKnown {
            if (text.startsWith("#!") || text.startsWith("\uFEFF")) {
                at = text.startsWith("#!") ? end("\n") : 1;
            }
            while (at < text.length()) {
                next();
            }
            if (!open.isEmpty()) {
                throw new NotKnown("has a '" + open.peek() + "' that is not closed");
            }
            return tokens;
        }

        private void next() throws NotKnown {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = end("\n");
            } else if (text.startsWith("/*", at)) {
                at += 2;
                at = end("*/");
            } else if (c == '\'' || c == '"') {
                string(c);
            } else if (c == '`') {
                at++;
                template(Kind.TEMPLATE);
            } else if (Character.isJavaIdentifierPart(c) || c == '#' || c == '@') {
                int from = at++;
                while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                    at++;
                }
                tokens.add(new JsToken(Kind.WORD, text.substring(from, at)));
            } else if (c == '/' && beginsExpression()) {
                regex();
            } else if (c == '\\') {
                throw new NotKnown("has names written with '\\'");
            } else {
                sign();
            }
        }

        /** Returns the position after the next occurrence, or the end. */
        private int end(String what) {
            int found = text.indexOf(what, at);
            return found < 0 ? text.length() : found + what.length();
        }

        private boolean beginsExpression() {
            if (tokens.isEmpty()) {
                return true;
            }
            JsToken last = tokens.get(tokens.size() - 1);
            return switch (last.kind) {
                case WORD -> BEFORE_EXPRESSION.contains(last.text);
                case SIGN -> !Set.of(")", "]", "}").contains(last.text);
                default -> false;
            };
        }

        private void string(char quote) throws NotKnown {
            StringBuilder content = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                if (text.charAt(at) == '\n') {
                    throw new NotKnown("has a string that does not end in its line");
                }
                character(content);
            }
            close(Kind.STRING, content);
        }

        private void template(Kind kind) throws NotKnown {
            StringBuilder content = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '`') {
                if (text.startsWith("${", at)) {
                    tokens.add(new JsToken(kind, content.toString()));
                    tokens.add(new JsToken(Kind.SIGN, "${"));
                    open.push("${");
                    at += 2;
                    return; // The sign that closes it goes on with the template.
                }
                character(content);
            }
            close(kind == Kind.TEMPLATE ? Kind.STRING : kind, content);
        }

        private void character(StringBuilder content) throws NotKnown {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
                if ("xu01234567".indexOf(text.charAt(at)) >= 0) {
                    throw new NotKnown("has characters written as codes");
                }
            }
            content.append(text.charAt(at++));
        }

        private void close(Kind kind, StringBuilder content) throws NotKnown {
            if (at >= text.length()) {
                throw new NotKnown("has a string that does not end");
            }
            at++;
            tokens.add(new JsToken(kind, content.toString()));
        }

        private void regex() throws NotKnown {
            int from = at++;
            boolean inClass = false;
            while (at < text.length() && (inClass || text.charAt(at) != '/')) {
                char c = text.charAt(at);
                if (c == '\n') {
                    throw new NotKnown("has a regular expression that does not end in its line");
                }
                inClass = c == '[' || (inClass && c != ']');
                at += c == '\\' ? 2 : 1;
            }
            at = Math.min(at + 1, text.length());
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            tokens.add(new JsToken(Kind.REGEX, text.substring(from, at)));
        }

        private void sign() throws NotKnown {
            String sign = SIGNS.stream()
                    .filter(long_ -> text.startsWith(long_, at))
                    .findFirst()
                    .orElse(text.substring(at, at + 1));
            at += sign.length();
            tokens.add(new JsToken(Kind.SIGN, sign));
            switch (sign) {
                case "(", "[", "{" -> open.push(sign);
                case ")" -> closeBracket("(", sign);
                case "]" -> closeBracket("[", sign);
                case "}" -> {
                    if ("${".equals(open.peek())) {
                        open.pop();
                        template(Kind.TEMPLATE_REST);
                    } else {
                        closeBracket("{", sign);
                    }
                }
                default -> {
                    // Any other sign is a token of its own.
                }
            }
        }

        private void closeBracket(String opening, String sign) throws NotKnown {
            if (!opening.equals(open.poll())) {
                throw new NotKnown("has a '" + sign + "' that closes nothing");
            }
        }
    }
}

package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * Evaluates the folders that expressions in a configuration may stand for: strings, {@code __dirname}, {@code path.join} and
 * {@code path.resolve}, constants, and both values of a condition.
 *
 * @param folder the folder of the file, which is its {@code __dirname}
 * @param tokens the file
 */
record ConfigPaths(Path folder, List<JsToken> tokens) {

    private static final int DEEPEST = 10;

    /** Returns the paths that the member of this name may stand for in the objects of a key. Values that cannot be read are left out. */
    Set<Path> read(String name, String within) {
        Set<Path> all = new TreeSet<>();
        for (int at = 0; at + 2 < tokens.size(); at++) {
            if (isKey(at, within) && tokens.get(at + 2).isSign("{")) {
                all.addAll(member(at + 3, name).flatMap(this::at).orElse(Set.of()));
            }
        }
        return all;
    }

    /** Returns the possible values of all {@code name: …} in the file, empty if one of them is unknown. */
    Optional<Set<Path>> of(String name, String within) {
        Set<Path> all = new TreeSet<>();
        for (int at = 0; at + 2 < tokens.size(); at++) {
            if (isKey(at, within) && tokens.get(at + 2).isSign("{")) {
                Optional<Set<Path>> found = member(at + 3, name).flatMap(this::at);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                all.addAll(found.get());
            }
        }
        return Optional.of(all);
    }

    /** Returns the paths that the expression here may stand for. */
    Optional<Set<Path>> at(int start) {
        try {
            Set<Path> paths = new TreeSet<>();
            for (String value : new Expression(start, 0).value()) {
                paths.add(folder.resolve(value).normalize());
            }
            return Optional.of(paths);
        } catch (NotKnown | RuntimeException e) {
            return Optional.empty(); // Also a name that no file can have on this machine.
        }
    }

    boolean isKey(int at, String name) {
        return tokens.get(at).isWord(name)
                && at > 0
                && at + 1 < tokens.size()
                && tokens.get(at + 1).isSign(":")
                && (tokens.get(at - 1).isSign("{") || tokens.get(at - 1).isSign(","));
    }

    /** Returns the start of a member's value in the object that begins here. */
    private Optional<Integer> member(int start, String name) {
        int depth = 0;
        for (int at = start; depth >= 0 && at + 2 < tokens.size(); at++) {
            if (depth == 0 && isKey(at, name)) {
                return Optional.of(at + 2);
            }
            depth += depthOf(tokens.get(at));
        }
        return Optional.empty();
    }

    /** Returns the end of the value that begins here: a comma, or the closing bracket of the surrounding expression. */
    int end(int start) {
        int depth = 0;
        int at = start;
        while (at < tokens.size() && !(depth == 0 && tokens.get(at).isSign(",")) && depth >= 0) {
            depth += depthOf(tokens.get(at));
            at++;
        }
        return depth < 0 ? at - 1 : at;
    }

    static int depthOf(JsToken token) {
        if (token.kind() != JsToken.Kind.SIGN) {
            return 0;
        }
        return switch (token.text()) {
            case "(", "[", "{", "${" -> 1;
            case ")", "]", "}" -> -1;
            default -> 0;
        };
    }

    private final class Expression {

        private final int depth;
        private int at;

        Expression(int start, int depth) {
            this.at = start;
            this.depth = depth;
        }

        Set<String> value() throws NotKnown {
            int start = at;
            Optional<Integer> condition = afterCondition();
            if (condition.isEmpty()) {
                at = start;
                return sum();
            }
            at = condition.get();
            Set<String> values = new LinkedHashSet<>(value());
            expect(":");
            values.addAll(value());
            return values;
        }

        /** Returns the position after the question mark, if there is one before the expression ends. */
        private Optional<Integer> afterCondition() {
            int open = 0;
            for (int i = at; i < tokens.size() && open >= 0; i++) {
                JsToken token = tokens.get(i);
                if (open == 0 && token.isSign("?")) {
                    return Optional.of(i + 1);
                }
                if (open == 0 && (token.isSign(",") || token.isSign(":") || token.isSign(";"))) {
                    return Optional.empty();
                }
                if (open == 0 && i > at && startsStatement(token)) {
                    return Optional.empty();
                }
                open += depthOf(token);
            }
            return Optional.empty();
        }

        private static boolean startsStatement(JsToken token) {
            return Set.of("const", "let", "var", "function", "class", "module", "if", "return")
                            .contains(token.text())
                    && token.kind() == JsToken.Kind.WORD;
        }

        private Set<String> sum() throws NotKnown {
            Set<String> values = term();
            while (is("+")) {
                at++;
                values = combined(values, term(), String::concat);
            }
            if (is(".") || is("?.") || is("(") || is("[") || is("||") || is("??") || is("&&")) {
                throw new NotKnown("has a path that the plugin does not read");
            }
            return values;
        }

        private Set<String> term() throws NotKnown {
            JsToken token = tokens.get(at++);
            if (token.isString()) {
                return Set.of(token.text());
            }
            if (token.isWord("__dirname")) {
                return Set.of(folder.toString());
            }
            if (token.isWord("path") && is(".")) {
                at++;
                token = tokens.get(at++);
            }
            if ((token.isWord("join") || token.isWord("resolve")) && is("(")) {
                return joined();
            }
            return constant(token);
        }

        private Set<String> joined() throws NotKnown {
            Set<String> values = Set.of("");
            while (!is(")")) {
                at++;
                values = combined(values, value(), (before, next) -> before.isEmpty() ? next : before + "/" + next);
                if (!is(",") && !is(")")) {
                    throw new NotKnown("has a path that the plugin does not read");
                }
            }
            at++;
            return values;
        }

        private Set<String> constant(JsToken name) throws NotKnown {
            if (name.kind() == JsToken.Kind.WORD && depth < DEEPEST) {
                for (int i = 1; i + 2 < tokens.size(); i++) {
                    JsToken before = tokens.get(i - 1);
                    if (before.isWord("const")
                            && tokens.get(i).equals(name)
                            && tokens.get(i + 1).isSign("=")) {
                        return new Expression(i + 2, depth + 1).value();
                    }
                }
            }
            throw new NotKnown("has a path that the plugin does not read");
        }

        private boolean is(String sign) {
            return at < tokens.size() && tokens.get(at).isSign(sign);
        }

        private void expect(String sign) throws NotKnown {
            if (!is(sign)) {
                throw new NotKnown("has a path that the plugin does not read");
            }
            at++;
        }

        private Set<String> combined(Set<String> first, Set<String> second, BinaryOperator<String> how) {
            Set<String> all = new LinkedHashSet<>();
            first.forEach(one -> second.forEach(other -> all.add(how.apply(one, other))));
            return all;
        }
    }
}

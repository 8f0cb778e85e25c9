package io.github.olympe.maven.adopt.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses shell lines. Anything that is not shell code becomes the words of a command, which is then not understood. */
public final class ScriptParser {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_]\\w*\\+?=.*");
    private static final Set<String> FILE_OPERATORS = Set.of(">", ">>", "2>", "&>", "&>>", "<");
    private static final Set<String> NO_FILE = Set.of("2>&1", ">&2", ">&1", "1>&2");

    private static final Token END = new Token(Token.Kind.END, "", 0);

    private final List<Token> tokens;
    private int at;

    private ScriptParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Returns the statements of the lines. */
    public static List<Statement> parse(Script script) {
        ScriptParser parser = new ScriptParser(Tokens.of(script));
        List<Statement> all = new ArrayList<>();
        while (parser.at < parser.tokens.size()) {
            int before = parser.at;
            all.addAll(parser.until());
            if (parser.at == before) {
                parser.at++; // A word such as 'fi' that closes nothing.
            }
        }
        return all;
    }

    /** Parses statements up to one of these words, which is not consumed. */
    private List<Statement> until(String... ends) {
        List<Statement> statements = new ArrayList<>();
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token.kind() == Token.Kind.NEWLINE || token.isOperator(";") || token.isOperator("&")) {
                at++;
            } else if (isEnd(token, ends)) {
                break;
            } else {
                int before = at;
                statements.add(chain());
                at = Math.max(at, before + 1);
            }
        }
        return statements;
    }

    private static boolean isEnd(Token token, String... ends) {
        for (String end : ends) {
            if (token.isWord(end) || token.isOperator(end)) {
                return true;
            }
        }
        return false;
    }

    private Statement chain() {
        Statement left = pipe();
        while (peekOperator("&&") || peekOperator("||")) {
            boolean and = tokens.get(at++).text().equals("&&");
            skipNewlines();
            left = new Statement.Chain(left, and, pipe());
        }
        return left;
    }

    private Statement pipe() {
        List<Statement> parts = new ArrayList<>();
        parts.add(statement());
        while (peekOperator("|")) {
            at++;
            skipNewlines();
            parts.add(statement());
        }
        return parts.size() == 1 ? parts.get(0) : new Statement.Pipe(parts);
    }

    private Statement statement() {
        Token token = peek();
        if (token.kind() == Token.Kind.END) {
            return new Statement.Group(List.of());
        }
        if (token.isOperator("(")) {
            at++;
            return new Statement.Group(closed(")"));
        }
        if (token.kind() != Token.Kind.WORD) {
            return command();
        }
        return switch (token.text()) {
            case "if" -> ifStatement();
            case "for" -> forStatement();
            case "while", "until" -> whileStatement();
            case "case" -> caseStatement();
            case "{" -> {
                at++;
                yield new Statement.Group(closed("}"));
            }
            case "function" -> {
                at++;
                yield function();
            }
            default -> isFunction() ? function() : command();
        };
    }

    private boolean isFunction() {
        return at + 2 < tokens.size()
                && tokens.get(at + 1).isOperator("(")
                && tokens.get(at + 2).isOperator(")");
    }

    private Statement function() {
        String name = next();
        while (peekOperator("(") || peekOperator(")")) {
            at++;
        }
        skipNewlines();
        Statement body = statement();
        return new Statement.Function(name, body instanceof Statement.Group group ? group.body() : List.of(body));
    }

    private List<Statement> closed(String end) {
        List<Statement> body = until(end);
        at++;
        return body;
    }

    private Statement ifStatement() {
        int line = tokens.get(at++).line();
        List<Statement> condition = closed("then");
        List<Statement> then = until("elif", "else", "fi");
        List<Statement> otherwise = List.of();
        Token end = peek();
        if (end.isWord("elif")) {
            otherwise = List.of(ifStatement());
        } else if (end.isWord("else")) {
            at++;
            otherwise = closed("fi");
        } else {
            at++;
        }
        return new Statement.If(condition, then, otherwise, line);
    }

    private Statement forStatement() {
        at++;
        String variable = next();
        List<String> words = new ArrayList<>();
        if (peek().isWord("in")) {
            at++;
            while (peek().kind() == Token.Kind.WORD) {
                words.add(next());
            }
        }
        until("do");
        at++;
        return new Statement.For(variable, words, closed("done"));
    }

    private Statement whileStatement() {
        int line = tokens.get(at++).line();
        List<Statement> condition = closed("do");
        return new Statement.While(condition, closed("done"), line);
    }

    private Statement caseStatement() {
        int line = tokens.get(at++).line();
        String word = next();
        until("in");
        at++;
        List<Statement.Choice> choices = new ArrayList<>();
        while (at < tokens.size() && !peek().isWord("esac")) {
            Token token = peek();
            if (token.kind() == Token.Kind.NEWLINE || token.isOperator(";;") || token.isOperator("(")) {
                at++;
                continue;
            }
            List<String> patterns = new ArrayList<>();
            while (at < tokens.size() && !peek().isOperator(")")) {
                Token pattern = tokens.get(at++);
                if (pattern.kind() == Token.Kind.WORD) {
                    patterns.add(pattern.text());
                }
            }
            at++;
            choices.add(new Statement.Choice(patterns, until(";;", "esac")));
        }
        at++;
        return new Statement.Case(word, choices, line);
    }

    private Statement command() {
        List<String> assignments = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Statement.Output> outputs = new ArrayList<>();
        Optional<String> input = Optional.empty();
        int line = tokens.get(at).line();
        while (at < tokens.size()) {
            Token token = peek();
            if (token.kind() == Token.Kind.HERE_DOCUMENT) {
                input = Optional.of(token.text().startsWith("'") ? token.text() : Quotes.quoted(token.text()));
            } else if (token.isOperator("<<<")) {
                at++;
                input = Optional.of(peek().text());
            } else if (token.kind() == Token.Kind.OPERATOR && FILE_OPERATORS.contains(token.text())) {
                at++;
                String file = peek().text();
                if (token.text().equals(">") || token.text().equals(">>")) {
                    outputs.add(new Statement.Output(file, token.text().equals(">>")));
                }
            } else if (token.kind() == Token.Kind.WORD) {
                if (words.isEmpty() && ASSIGNMENT.matcher(token.text()).matches()) {
                    assignments.add(token.text());
                } else {
                    words.add(token.text());
                }
            } else if (words.contains("[[") && !words.contains("]]") && token.kind() == Token.Kind.OPERATOR) {
                words.add(token.text()); // A regular expression, or && between two tests.
            } else if (!NO_FILE.contains(token.text()) || token.kind() == Token.Kind.NEWLINE) {
                break;
            }
            at++;
        }
        return new Statement.Command(assignments, words, input, outputs, line);
    }

    private void skipNewlines() {
        while (peek().kind() == Token.Kind.NEWLINE) {
            at++;
        }
    }

    private Token peek() {
        return at < tokens.size() ? tokens.get(at) : END;
    }

    private String next() {
        String text = peek().text();
        at++;
        return text;
    }

    private boolean peekOperator(String operator) {
        return peek().isOperator(operator);
    }
}

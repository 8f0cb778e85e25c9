package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.found.SecretText;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import io.github.olympe.maven.adopt.shell.syntax.ScriptParser;
import io.github.olympe.maven.adopt.shell.syntax.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs shell lines without a shell. Variables that only the CI knows become placeholders, and texts are built from them as in a shell.
 * Commands are not executed; what they would do is recorded. If a condition is unknown, all branches of it run.
 */
public final class ShellRun {

    private static final List<String> TESTS = List.of("[", "[[", "test");
    private static final List<String> ASSIGNING = List.of("export", "local", "readonly", "declare", "typeset");
    private static final int MOST_COMMANDS = 20_000;
    private static final int DEEPEST = 40;
    private static final int SHORT = 16;

    private final Variables variables;
    private final Findings findings;
    private final Facts facts;
    private final Conditions conditions;
    private final Commands commands;
    private final Map<String, List<Statement>> functions = new HashMap<>();
    private Script script = new Script("", List.of());
    private int count;
    private int depth;

    /** The output and the exit status of a statement. */
    record Result(String output, Truth status) {
        static final Result NOTHING = new Result("", Truth.TRUE);

        static Result of(String output) {
            return new Result(output, Truth.TRUE);
        }
    }

    /**
     * Creates a shell.
     *
     * @param variables its variables
     * @param branch the branch that is built; absent for all branches
     * @param findings records what was read
     * @param facts records what is done
     */
    public ShellRun(Variables variables, Optional<String> branch, Findings findings, Facts facts) {
        this.variables = variables;
        this.findings = findings;
        this.facts = facts;
        this.conditions = new Conditions(branch, facts);
        this.commands = new Commands(variables, findings, facts);
        variables.names().forEach(this::hideSecret);
    }

    private void hideSecret(String name) {
        String value = variables.peek(name);
        if (SecretText.isName(name) && !Unknowns.in(value)) {
            findings.hide(value);
        }
    }

    /** Runs the lines of one shell, in several parts if they come from several files. */
    public void run(List<Script> parts) {
        for (Script part : parts) {
            script = part;
            commands.printed(all(ScriptParser.parse(part), "").output());
        }
        commands.ended();
    }

    private Result all(List<Statement> statements, String input) {
        StringBuilder output = new StringBuilder();
        Truth status = Truth.TRUE;
        for (Statement statement : statements) {
            Result result = run(statement, input);
            output.append(result.output());
            status = result.status();
        }
        return new Result(output.toString(), status);
    }

    private Result run(Statement statement, String input) {
        if (++count > MOST_COMMANDS || depth > DEEPEST) {
            return Result.NOTHING;
        }
        depth++;
        try {
            if (statement instanceof Statement.Command command) {
                return command(command, input);
            } else if (statement instanceof Statement.Pipe pipe) {
                return pipe(pipe, input);
            } else if (statement instanceof Statement.Chain chain) {
                return chain(chain, input);
            } else if (statement instanceof Statement.Group group) {
                return all(group.body(), input);
            } else if (statement instanceof Statement.If branch) {
                return ifStatement(branch, input);
            } else if (statement instanceof Statement.For loop) {
                return forStatement(loop, input);
            } else if (statement instanceof Statement.While loop) {
                all(loop.condition(), input);
                return all(loop.body(), input);
            } else if (statement instanceof Statement.Case choice) {
                return caseStatement(choice, input);
            } else if (statement instanceof Statement.Function function) {
                functions.put(function.name(), function.body());
            }
            return Result.NOTHING;
        } finally {
            depth--;
        }
    }

    private Result pipe(Statement.Pipe pipe, String input) {
        Result result = new Result(input, Truth.TRUE);
        for (Statement part : pipe.parts()) {
            result = run(part, result.output());
        }
        return result;
    }

    private Result chain(Statement.Chain chain, String input) {
        Result first = run(chain.first(), input);
        if (first.status() != Truth.UNKNOWN && (first.status() == Truth.TRUE) != chain.and()) {
            return first;
        }
        Result second = run(chain.second(), input);
        Truth status = chain.and()
                ? first.status().and(second.status())
                : first.status().or(second.status());
        return new Result(first.output() + second.output(), status);
    }

    private Result ifStatement(Statement.If branch, String input) {
        Truth condition = all(branch.condition(), input).status();
        StringBuilder output = new StringBuilder();
        if (condition != Truth.FALSE) {
            output.append(all(branch.then(), input).output());
        }
        if (condition != Truth.TRUE) {
            output.append(all(branch.otherwise(), input).output());
        }
        return Result.of(output.toString());
    }

    private Result forStatement(Statement.For loop, String input) {
        StringBuilder output = new StringBuilder();
        List<String> words = new ArrayList<>();
        loop.words().forEach(word -> words.addAll(fields(word)));
        for (String word : words) {
            Optional<String> list = Unknowns.variableIn(word);
            if (list.isPresent()) {
                String name = list.get();
                findings.open(
                        script.place(lineWith(name)),
                        "$" + name,
                        "The file does not set it. If the CI does, write its values into the pom: further tags into 'tags'.");
                continue;
            }
            variables.set(loop.variable(), word);
            output.append(all(loop.body(), input).output());
        }
        return Result.of(output.toString());
    }

    private Result caseStatement(Statement.Case choice, String input) {
        String value = text(choice.word());
        StringBuilder output = new StringBuilder();
        for (Statement.Choice one : choice.choices()) {
            Truth matches = Truth.FALSE;
            for (String pattern : one.patterns()) {
                matches = matches.or(conditions.matchesGlob(value, text(pattern)));
            }
            if (matches != Truth.FALSE) {
                output.append(all(one.body(), input).output());
            }
            if (matches == Truth.TRUE) {
                break;
            }
        }
        return Result.of(output.toString());
    }

    private Result command(Statement.Command command, String input) {
        for (String assignment : command.assignments()) {
            assign(assignment);
        }
        String given = command.input().map(this::text).orElse(input);
        List<String> words = new ArrayList<>();
        for (String word : command.words()) {
            // The words of a test are not split, nor are assignments in the arguments of export.
            words.addAll(begins(command, TESTS) || begins(command, ASSIGNING) ? List.of(text(word)) : fields(word));
        }
        Place place = script.place(command.line());
        if (!words.isEmpty()) {
            command.assignments().forEach(assignment -> variables.exported(nameIn(assignment), place));
        }
        Result result = words.isEmpty() ? Result.NOTHING : execute(words, given, place);
        if (command.outputs().isEmpty()) {
            return result;
        }
        for (Statement.Output output : command.outputs()) {
            commands.written(text(output.file()), result.output(), output.appends(), place);
        }
        return new Result("", result.status());
    }

    private static boolean begins(Statement.Command command, List<String> names) {
        return !command.words().isEmpty() && names.contains(command.words().get(0));
    }

    private void assign(String assignment) {
        int equals = assignment.indexOf('=');
        String name = nameIn(assignment);
        String value = text(assignment.substring(equals + 1));
        boolean appends = equals > name.length();
        variables.set(name, appends ? variables.known(name).orElse("") + value : value);
        hideSecret(name);
    }

    private static String nameIn(String assignment) {
        return assignment.substring(0, assignment.indexOf('=')).replace("+", "");
    }

    private Result execute(List<String> words, String input, Place place) {
        String name = words.get(0);
        if (name.equals("!")) {
            Result result = words.size() == 1 ? Result.NOTHING : execute(words.subList(1, words.size()), input, place);
            return new Result(result.output(), result.status().not());
        }
        if (TESTS.contains(name)) {
            return new Result("", conditions.test(words));
        }
        List<Statement> function = functions.get(name);
        if (function != null) {
            for (int i = 1; i < words.size(); i++) {
                variables.set(String.valueOf(i), words.get(i));
            }
            variables.set("@", String.join(" ", words.subList(1, words.size())));
            return all(function, input);
        }
        if (ASSIGNING.contains(name)) {
            words.stream()
                    .skip(1)
                    .filter(word -> word.contains("=") && !word.startsWith("-"))
                    .forEach(word -> {
                        String variable = word.substring(0, word.indexOf('='));
                        variables.set(variable, word.substring(word.indexOf('=') + 1));
                        if (name.equals("export")) {
                            variables.exported(variable, place);
                        }
                        hideSecret(variable);
                    });
            return Result.NOTHING;
        }
        return commands.run(words, input, place);
    }

    private List<String> fields(String word) {
        return Expansion.fields(word, variables, this::output);
    }

    private String text(String word) {
        return Expansion.text(word, variables, this::output);
    }

    /** Returns the output of a command substitution, without trailing line breaks. */
    private String output(String commandLine) {
        Script outer = script;
        // The first words are enough, because the text may have been joined from several lines.
        String start = commandLine.substring(0, Math.min(commandLine.length(), SHORT));
        script = Script.of(outer.file(), lineWith(start), commandLine);
        try {
            return all(ScriptParser.parse(script), "").output().replaceFirst("\\n+$", "");
        } finally {
            script = outer;
        }
    }

    private int lineWith(String text) {
        return script.lines().stream()
                .filter(line -> line.text().contains(text))
                .findFirst()
                .or(() -> script.lines().stream().findFirst())
                .map(Script.Line::number)
                .orElse(1);
    }
}

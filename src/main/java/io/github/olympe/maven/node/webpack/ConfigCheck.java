package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a configuration and finds what it reads.
 *
 * @param variables the environment variables that it reads
 * @param required the files of the project that it requires, relative to its own file
 */
record ConfigCheck(Set<String> variables, Set<String> required) {

    /** Words that lead to files, programs, variables or code that the text does not show. */
    private static final Set<String> WORDS = Set.of(
            "eval",
            "Function",
            "global",
            "globalThis",
            "constructor",
            "fetch",
            "WebAssembly",
            "XMLHttpRequest",
            "fs",
            "child_process",
            "__non_webpack_require__");

    /** The same, even as the name of a member. */
    private static final Set<String> MEMBERS = Set.of(
            "dirname",
            "inputFileSystem",
            "getBuiltinModule",
            "mainModule",
            "getCustomTransformers",
            "resolveLoader",
            "buildHttp",
            "rootMode",
            "loaders",
            "dotenv",
            "DotenvPlugin",
            "DllPlugin",
            "ProfilingPlugin",
            "systemvars",
            "dlopen",
            "binding");

    private static final Pattern OUT = Pattern.compile("(?:^|[/\\\\!])\\.\\.(?:[/\\\\]|$)");
    private static final Pattern ABSOLUTE = Pattern.compile("^(?:/.|[A-Za-z]:[/\\\\]|\\\\\\\\|file:)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern LOADER = Pattern.compile("(?:^|!)([^!?]*-loader)\\b");

    /**
     * Checks a file.
     *
     * @param name the file's name, for reasons
     * @throws NotKnown if it may read something that the plugin does not know of
     */
    static ConfigCheck of(ConfigPaths file, BuiltFolders folders, String name) throws NotKnown {
        Reading reading = new Reading(file, folders);
        try {
            reading.run();
        } catch (NotKnown e) {
            throw new NotKnown(name + " " + e.reason());
        }
        return new ConfigCheck(reading.variables, reading.required);
    }

    private static final class Reading {

        private final ConfigPaths file;
        private final List<JsToken> tokens;
        private final BuiltFolders folders;
        private final ConfigRules rules;
        private final Set<String> variables = new TreeSet<>();
        private final Set<String> required = new TreeSet<>();

        Reading(ConfigPaths file, BuiltFolders folders) {
            this.file = file;
            this.tokens = file.tokens();
            this.folders = folders;
            this.rules = new ConfigRules(file);
        }

        void run() throws NotKnown {
            int served = 0; // Skips the settings of the development server, which no build starts.
            for (int at = 0; at < tokens.size(); at++) {
                JsToken token = tokens.get(at);
                switch (token.kind()) {
                    case WORD -> word(at, token.text());
                    case STRING, TEMPLATE -> string(at, token.text(), at < served);
                    case TEMPLATE_REST -> string(at, "x" + token.text(), true);
                    default -> {
                        // Signs and regular expressions read nothing.
                    }
                }
                if (file.isKey(at, "devServer")) {
                    served = file.end(at + 2);
                }
            }
        }

        private void string(int at, String text, boolean relative) throws NotKnown {
            if (OUT.matcher(text).find()) {
                throw new NotKnown("names '" + text + "'");
            }
            boolean isAbsolute = ABSOLUTE.matcher(text).find();
            if (isAbsolute && !relative && !sign(at - 1, "+") && !sign(at + 1, ":") && !isUrl(at)) {
                throw new NotKnown("names '" + text + "'");
            }
            Matcher loader = LOADER.matcher(text);
            while (loader.find()) {
                ConfigRules.requireKnownLoader(loader.group(1));
            }
            if (VARIABLE.matcher(text).matches()) {
                variables.add(text);
            }
            if (!isAbsolute && folders.have(path(text))) {
                throw new NotKnown("reads '" + text + "', which a build makes");
            }
        }

        private Path path(String text) {
            try {
                return folders.project().resolve(text).normalize();
            } catch (IllegalArgumentException e) {
                return folders.project(); // Not the name of a file on this machine.
            }
        }

        private boolean isUrl(int at) {
            return sign(at - 1, ":") && at > 1 && tokens.get(at - 2).isWord("publicPath");
        }

        private void word(int at, String word) throws NotKnown {
            boolean isMember = sign(at - 1, ".") || sign(at - 1, "?.");
            boolean isKey = file.isKey(at, word);
            if (isMember && is(at - 2, "path")) {
                path(at);
            }
            if (MEMBERS.contains(word) && !isOwnFolder(at) || WORDS.contains(word) && !isMember && !isKey) {
                throw new NotKnown("uses '" + word + "'");
            }
            if (VARIABLE.matcher(word).matches()) {
                variables.add(word);
            }
            if (isKey) {
                key(at, word);
            } else if (!isMember) {
                switch (word) {
                    case "process" -> process(at);
                    case "require" -> require(at);
                    case "import" -> imports(at);
                    case "from" -> {
                        if (at + 1 < tokens.size() && tokens.get(at + 1).isString()) {
                            module(tokens.get(at + 1).text());
                        }
                    }
                    case "module" -> {
                        if (!(sign(at + 1, ".") && is(at + 2, "exports"))) {
                            throw new NotKnown("uses 'module'");
                        }
                    }
                    case "EnvironmentPlugin" -> environment(at);
                    case "join", "resolve" -> path(at);
                    case "use", "loader", "presets", "plugins", "template" -> {
                        if ((sign(at - 1, "{") || sign(at - 1, ",")) && (sign(at + 1, "}") || sign(at + 1, ","))) {
                            throw new NotKnown("has '" + word + "' without a value");
                        }
                    }
                    default -> {
                        // Any other name belongs to the file itself or to the language.
                    }
                }
            }
        }

        private void key(int at, String word) throws NotKnown {
            switch (word) {
                case "use", "loader" -> rules.loaders(at + 2);
                case "presets" -> rules.babel(at + 2, true);
                case "plugins" -> rules.babel(at + 2, false);
                case "template" -> rules.template(at + 2);
                case "extends" -> throw new NotKnown("uses 'extends'");
                case "from" -> {
                    Optional<Set<Path>> paths = file.at(at + 2);
                    if (paths.isPresent() && paths.get().stream().anyMatch(folders::read)) {
                        throw new NotKnown("copies from a folder that a build makes");
                    }
                }
                default -> {
                    // Any other key is an option whose value is checked elsewhere.
                }
            }
        }

        /** The usual way to the folder of a file that is a module: {@code path.dirname(fileURLToPath(import.meta.url))}. */
        private boolean isOwnFolder(int at) {
            return is(at, "dirname")
                    && (sign(at - 1, ".") && is(at - 2, "meta")
                            || sign(at + 1, "(")
                                    && is(at + 2, "fileURLToPath")
                                    && sign(at + 3, "(")
                                    && is(at + 4, "import"));
        }

        private void process(int at) throws NotKnown {
            boolean isFolder = sign(at + 1, ".") && is(at + 2, "cwd") && sign(at + 3, "(");
            if (isFolder) {
                return;
            }
            if (sign(at + 1, ".") && is(at + 2, "env") && at + 4 < tokens.size()) {
                JsToken name = tokens.get(at + 4);
                if (sign(at + 3, ".") && name.kind() == JsToken.Kind.WORD
                        || sign(at + 3, "[") && name.isString() && sign(at + 5, "]")) {
                    variables.add(name.text());
                    return;
                }
            }
            throw new NotKnown("uses 'process' other than as 'process.env.NAME'");
        }

        private void require(int at) throws NotKnown {
            int open = sign(at + 1, ".") && is(at + 2, "resolve") ? at + 3 : at + 1;
            if (!sign(open, "(")
                    || open + 2 >= tokens.size()
                    || !tokens.get(open + 1).isString()
                    || !sign(open + 2, ")")) {
                throw new NotKnown("uses 'require' other than with a name");
            }
            String name = tokens.get(open + 1).text();
            if (open == at + 1) {
                module(name);
            } else if (name.startsWith(".")) {
                throw new NotKnown("has 'require.resolve' of '" + name + "'");
            }
        }

        /** The parts of a path may each be harmless. */
        private void path(int at) throws NotKnown {
            for (Path path : file.at(at).orElse(Set.of())) {
                if (folders.have(path)) {
                    throw new NotKnown("reads '" + folders.project().relativize(path) + "', which a build makes");
                }
            }
        }

        private void imports(int at) throws NotKnown {
            if (sign(at + 1, "(")) {
                throw new NotKnown("uses 'import()'");
            }
            if (at + 1 < tokens.size() && tokens.get(at + 1).isString()) {
                module(tokens.get(at + 1).text());
            }
        }

        private void module(String name) throws NotKnown {
            if (name.startsWith("./")) {
                required.add(name);
            } else {
                ConfigRules.requireKnownPackage(name);
            }
        }

        private void environment(int at) throws NotKnown {
            boolean isLiteral =
                    at + 2 < tokens.size() && (tokens.get(at + 2).isString() || sign(at + 2, "[") || sign(at + 2, "{"));
            if (sign(at + 1, "(") && !isLiteral) {
                throw new NotKnown("uses 'EnvironmentPlugin' without the variables' names");
            }
        }

        private boolean sign(int at, String sign) {
            return at >= 0 && at < tokens.size() && tokens.get(at).isSign(sign);
        }

        private boolean is(int at, String word) {
            return at >= 0 && at < tokens.size() && tokens.get(at).isWord(word);
        }
    }
}

package io.github.olympe.maven.node.webpack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The packages that a configuration may require, and what may process a module: loaders, and Babel's presets and plugins.
 *
 * @param file the configuration
 */
record ConfigRules(ConfigPaths file) {

    /**
     * Packages that configurations require, and that are known to read only their own files, the project's files, and what the
     * configuration passes to them.
     */
    private static final Set<String> PACKAGES = Set.of(
            "path",
            "node:path",
            "url",
            "node:url",
            "webpack",
            "webpack-merge",
            "clean-webpack-plugin",
            "copy-webpack-plugin",
            "css-minimizer-webpack-plugin",
            "esbuild-loader",
            "generate-json-webpack-plugin",
            "html-webpack-plugin",
            "mini-css-extract-plugin",
            "replace-in-file-webpack-plugin",
            "terser-webpack-plugin",
            "webpack-node-externals");

    /** Loaders that only read the module, the files that it names, their own options and known configurations. */
    private static final Set<String> LOADERS = Set.of(
            "babel-loader",
            "css-loader",
            "esbuild-loader",
            "file-loader",
            "raw-loader",
            "source-map-loader",
            "style-loader",
            "ts-loader",
            "url-loader",
            "webpack-import-glob-loader");

    /** The languages that the esbuild loader reads, which it calls loaders. */
    private static final Set<String> LANGUAGES = Set.of("js", "jsx", "ts", "tsx", "css", "json");

    private static final String BABEL = "@babel/";
    private static final Set<String> COMPARISONS = Set.of("===", "!==", "==", "!=");
    private static final Set<String> PATHS = Set.of("path", "join", "resolve", "__dirname");

    static void requireKnownPackage(String name) throws NotKnown {
        if (!PACKAGES.contains(name) && !name.startsWith(BABEL) && !name.endsWith("/package.json")) {
            throw new NotKnown("requires '" + name + "'");
        }
    }

    static void requireKnownLoader(String name) throws NotKnown {
        if (!LOADERS.contains(name) && !LANGUAGES.contains(name)) {
            throw new NotKnown("has the loader '" + name + "'");
        }
    }

    /** Checks the value of {@code use} or {@code loader} that begins here. */
    void loaders(int start) throws NotKnown {
        for (int at : outer(start)) {
            JsToken token = file.tokens().get(at);
            switch (token.kind()) {
                case STRING -> {
                    if (!isCompared(at)) {
                        for (String name : token.text().split("!")) {
                            requireKnownLoader(name.replaceFirst("\\?.*", ""));
                        }
                    }
                }
                case WORD -> {
                    if (isValue(at) && !isLoaderOfPlugin(at)) {
                        throw new NotKnown("has a loader that it does not name");
                    }
                }
                case SIGN -> {
                    if (token.isSign("(") || token.isSign("=>")) {
                        throw new NotKnown("has a loader that it does not name");
                    }
                }
                default -> throw new NotKnown("has a loader that it does not name");
            }
        }
    }

    /** Returns whether this is like {@code MiniCssExtractPlugin.loader}. Only known plugins can be required. */
    private boolean isLoaderOfPlugin(int at) {
        return sign(at + 1, ".")
                && at + 2 < file.tokens().size()
                && file.tokens().get(at + 2).isWord("loader");
    }

    /** Checks the presets or plugins that begin here; webpack's own plugins are objects, Babel's are names. */
    void babel(int start, boolean presets) throws NotKnown {
        for (int at : outer(start)) {
            JsToken token = file.tokens().get(at);
            if (token.isString() && !isCompared(at) && !token.text().startsWith(BABEL)) {
                throw new NotKnown("has '" + token.text() + "' for Babel");
            }
            boolean isPath = token.kind() == JsToken.Kind.WORD && PATHS.contains(token.text());
            if (isPath || token.kind() == JsToken.Kind.TEMPLATE || (presets && token.isSign("("))) {
                throw new NotKnown("has " + (presets ? "presets" : "plugins") + " that it does not name");
            }
        }
    }

    /** Checks the template of a page that begins here: one in JavaScript could read anything. */
    void template(int start) throws NotKnown {
        boolean named = false;
        for (int at = start; at < file.end(start); at++) {
            JsToken token = file.tokens().get(at);
            if (token.isString() && token.text().matches(".*\\.(html?|ejs)")) {
                named = true;
            } else if (token.kind() == JsToken.Kind.TEMPLATE
                    || (token.isString() && token.text().contains("!"))) {
                throw new NotKnown("has a template that the plugin does not read");
            }
        }
        if (!named) {
            throw new NotKnown("has a template that is not HTML");
        }
    }

    /** Returns the positions in a value that are not inside an object or parentheses. The brackets themselves are included. */
    private List<Integer> outer(int start) {
        List<Integer> positions = new ArrayList<>();
        Deque<Integer> inner = new ArrayDeque<>();
        for (int at = start; at < file.end(start); at++) {
            JsToken token = file.tokens().get(at);
            int depth = ConfigPaths.depthOf(token);
            boolean closes = depth < 0 && !inner.isEmpty();
            if (inner.isEmpty() || (closes && inner.size() == 1)) {
                positions.add(at);
            }
            boolean isArray = token.isSign("[") || token.isSign("]");
            if (depth > 0 && !(isArray && inner.isEmpty())) {
                inner.push(at);
            } else if (closes) {
                inner.pop();
            }
        }
        return positions;
    }

    private boolean isCompared(int at) {
        return COMPARISONS.stream().anyMatch(sign -> sign(at - 1, sign) || sign(at + 1, sign));
    }

    /** Returns whether the word is the expression's value, and not a part of a condition. */
    private boolean isValue(int at) {
        int end = at + 1;
        while (sign(end, ".") || (end < file.tokens().size() && sign(end - 1, "."))) {
            end++;
        }
        return !sign(at - 1, ".") && !isCompared(end - 1) && !sign(end, "?") && !sign(end, "&&");
    }

    private boolean sign(int at, String sign) {
        return at >= 0 && at < file.tokens().size() && file.tokens().get(at).isSign(sign);
    }
}

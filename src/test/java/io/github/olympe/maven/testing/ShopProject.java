package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A small Olympe project that builds in a second: its builds copy files, its toolkit is the stand-in, and its other packages are next to
 * it. It is for tests that build a project often; the demo is a real one.
 */
public final class ShopProject {

    /** The root tag of its snapshot, that of Home. */
    public static final String ROOT_TAG = "10000000000000000000";

    private ShopProject() {}

    /** Writes its files, except a pom, into a folder. */
    public static void writeTo(Path folder) throws IOException {
        write(folder, "package.json", """
                {
                  "name": "@acme/shop",
                  "version": "1.0.0",
                  "private": true,
                  "scripts": {
                    "build:draw": "node build.js src/web dist/web",
                    "build:node": "node build.js src/node dist/node",
                    "test": "node src/test.js"
                  },
                  "dependencies": {
                    "@olympeio/draw": "file:packages/draw"
                  },
                  "devDependencies": {
                    "@olympeio/toolkit": "file:packages/toolkit"
                  }
                }
                """);
        write(folder, "build.js", """
                const fs = require('node:fs');
                const [source, target] = process.argv.slice(2);
                fs.rmSync(target, { recursive: true, force: true });
                fs.cpSync(source, target, { recursive: true });
                console.log(`built ${target}`);
                """);
        write(folder, "src/web/index.html", "<!DOCTYPE html><title>Shop</title><script src=\"main.js\"></script>\n");
        write(folder, "src/web/main.js", "document.body.textContent = 'Shop';\n");
        write(folder, "src/web/images/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
        write(folder, "src/node/main.js", "require('node:http').createServer((q, a) => a.end('shop')).listen(8080);\n");
        write(folder, "src/node/package.json", "{\"main\": \"main.js\"}\n");
        write(folder, "src/test.js", "console.log('the shop is tested');\n");
        write(folder, ".gitignore", "node_modules/\ndist/\ntarget/\n");
        write(folder, "packages/draw/package.json", """
                {"name": "@olympeio/draw", "version": "2.9.2", "codeAsData": "codeAsData"}
                """);
        write(folder, "packages/draw/codeAsData/import_order.json", """
                [{"name": "@olympeio/draw", "rootTag": "%s", "path": "olympeio.draw"}]
                """.formatted(ROOT_TAG));
        write(folder, "packages/draw/codeAsData/olympeio.draw/Draw/.Draw.newInst.json", patch("Draw"));
        write(folder, "snapshot/" + ROOT_TAG + "/Home/Shop/.Shop.newInst.json", patch("Shop"));
        copyToolkit(folder.resolve("packages/toolkit"));
    }

    /** Writes what the builds of a shop with the backends {@code orders} and {@code billing} leave in {@code dist}, without its sources. */
    public static void writeBuilt(Path folder) throws IOException {
        write(folder, "dist/web/index.html", "<!DOCTYPE html><title>Shop</title>\n");
        write(folder, "dist/web/app.js.map", "{}");
        write(folder, "dist/web/assets/app.js", "document.body.textContent = 'Shop';\n");
        write(folder, "dist/orders/main.js", "console.log('orders');\n");
        write(folder, "dist/billing/main.js", "console.log('billing');\n");
        write(folder, "dist/codeAsData/import_order.json", "[{\"path\": \"olympeio.core\"}]\n");
        write(folder, "dist/codeAsData/olympeio.core/core.json", "{}\n");
    }

    /** A pom of packaging {@code olympe} with these properties and this plugin configuration, both as XML. */
    public static void writePom(Path folder, String properties, String configuration) throws IOException {
        writePom(folder, properties, configuration, "");
    }

    /** Does what {@link #writePom(Path, String, String)} does, with goals that the packaging does not bind, in their own phases. */
    public static void writePom(Path folder, String properties, String configuration, String goals) throws IOException {
        TestPom.of("shop")
                .packaging("olympe")
                .properties(properties)
                .configuration(configuration)
                .executions("<execution><id>more</id><goals>" + goals + "</goals></execution>")
                .writeTo(folder);
    }

    private static String patch(String name) {
        return """
                {"operations": [{"o": 1, "p": {"ff023000000000000011": "%s", "v": 1}, "t": "%s"}], "rootTag": "%s"}
                """.formatted(name, ROOT_TAG, ROOT_TAG);
    }

    private static void copyToolkit(Path folder) throws IOException {
        Path standIn = Path.of("src/test/resources/toolkit-stand-in").toAbsolutePath();
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(standIn)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    private static void write(Path folder, String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}

package io.github.olympe.maven.node.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.Download;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where Node.js and npm are downloaded from, and what tells that the archives are the right ones: {@code SHASUMS256.txt} beside Node.js as
 * its download site has it, and the {@code integrity} that an npm registry gives for a package.
 *
 * @param nodeRoot the parameter {@code nodeDownloadRoot}, absent for the download site of Node.js
 * @param npmRoot the parameter {@code npmDownloadRoot}, absent for the public npm registry
 * @param credential what {@code nodeServerId} names; it goes to these two roots, where they are given, and to no other server
 * @param proxies the proxies of settings.xml
 * @param allowInsecure whether plain HTTP to other machines is allowed
 */
public record NodeDownload(
        Optional<URI> nodeRoot,
        Optional<URI> npmRoot,
        Optional<Credential> credential,
        HttpProxies proxies,
        boolean allowInsecure) {

    private static final String SUMS = "SHASUMS256.txt";
    private static final URI NODE = URI.create("https://nodejs.org/dist/");
    /** Builds for Alpine, which frontend-plugin-core names so. */
    private static final URI MUSL = URI.create("https://unofficial-builds.nodejs.org/download/release/");

    private static final URI NPM = URI.create("https://registry.npmjs.org/npm/-/");

    private static final long LARGEST_ARCHIVE = 200L << 20;
    private static final int LARGEST_SUMS = 1 << 20;
    private static final int LARGEST_DESCRIPTION = 64 << 20;

    /**
     * Checks the parameters.
     *
     * @throws OlympeException if one of them has a wrong value, or the credential is for no server that they name
     */
    public static NodeDownload of(
            Optional<String> nodeDownloadRoot,
            Optional<String> npmDownloadRoot,
            Optional<Credential> credential,
            HttpProxies proxies,
            boolean allowInsecure) {
        if (credential.isPresent() && nodeDownloadRoot.isEmpty() && npmDownloadRoot.isEmpty()) {
            throw new OlympeException("The parameter 'nodeServerId' (olympe.nodeServerId) names the "
                    + credential.get().source()
                    + ", but neither 'nodeDownloadRoot' nor 'npmDownloadRoot' is set, so there is no server to send it to. Set"
                    + " one of them, or remove 'nodeServerId'.");
        }
        return new NodeDownload(
                nodeDownloadRoot.map(url -> root("nodeDownloadRoot (olympe.nodeDownloadRoot)", url, allowInsecure)),
                npmDownloadRoot.map(url -> root("npmDownloadRoot (olympe.npmDownloadRoot)", url, allowInsecure)),
                credential,
                proxies,
                allowInsecure);
    }

    private static URI root(String parameter, String url, boolean allowInsecure) {
        if (url.contains("@")) {
            throw InvalidParameter.hidden(
                    parameter,
                    "The URL has a user or password in it. Take them out, and name a server of settings.xml with the"
                            + " parameter 'nodeServerId' (olympe.nodeServerId).");
        }
        URI root = uri(url);
        Optional<Origin> origin = Origin.of(root);
        if (origin.isEmpty() && !"file".equalsIgnoreCase(root.getScheme())) {
            throw InvalidParameter.of(
                    parameter, url, "It is not a URL. Write one such as 'https://mirror.example.com/node/'.");
        }
        if (origin.filter(Origin::isInsecure).isPresent() && !allowInsecure) {
            throw InvalidParameter.of(
                    parameter,
                    url,
                    "It is plain HTTP to another machine. Use HTTPS, or set 'allowInsecureNodeDownload'"
                            + " (olympe.node.allowInsecure) if you trust the network.");
        }
        return root;
    }

    private static URI uri(String url) {
        try {
            return new URI(url.strip().endsWith("/") ? url.strip() : url.strip() + "/");
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }

    /**
     * Downloads the archive of a Node.js and compares it with its checksum.
     *
     * @param version the version with its {@code v}
     * @param classifier the platform, such as {@code linux-x64} or {@code linux-x64-musl}
     * @param extension {@code tar.gz}, {@code zip}, or {@code exe} for the program alone
     * @throws IOException if it cannot be downloaded or does not match its checksum; the message is a part of a sentence
     */
    void node(String version, String classifier, String extension, Path into) throws IOException {
        URI folder = nodeRoot.orElse(classifier.endsWith("-musl") ? MUSL : NODE).resolve(version + "/");
        String file = extension.equals("exe")
                ? classifier + "/node.exe"
                : "node-" + version + "-" + classifier + "." + extension;
        verified(folder, file, into);
    }

    /**
     * Downloads the package of an npm and compares it with the registry's {@code integrity}, or with {@value #SUMS} where the root is not
     * that of a registry.
     *
     * @throws IOException as {@link #node} does
     */
    void npm(String version, Path into) throws IOException {
        URI folder = npmRoot.orElse(NPM);
        String file = "npm-" + version + ".tgz";
        if (!folder.getPath().endsWith("/-/")) {
            verified(folder, file, into);
            return;
        }
        URI description = URI.create(folder.resolve("..").toString().replaceFirst("/$", ""));
        String wanted = integrity(description, version);
        download().to(into, folder.resolve(file), LARGEST_ARCHIVE);
        String found = "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", into));
        if (!found.equals(wanted)) {
            throw differs(folder.resolve(file), found, description, wanted);
        }
    }

    /** Asks for the whole description of the package, since not every registry answers for one version alone. */
    private String integrity(URI description, String version) throws IOException {
        JsonNode json = ForeignText.json(download().text(description, LARGEST_DESCRIPTION));
        JsonNode integrity = json.path("versions").path(version).path("dist").path("integrity");
        return Stream.of(integrity.asText().split(" "))
                .filter(value -> value.startsWith("sha512-"))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "'" + description + "' has no 'integrity' with a SHA-512 for the version " + version));
    }

    private void verified(URI folder, String file, Path into) throws IOException {
        URI sums = folder.resolve(SUMS);
        String wanted = download()
                .text(sums, LARGEST_SUMS)
                .lines()
                .map(line -> line.strip().split("\\s+\\*?", 2))
                .filter(line -> line.length == 2 && line[1].equals(file))
                .map(line -> line[0].toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow(() -> new IOException("'" + sums + "' has no line for '" + file + "'"));
        download().to(into, folder.resolve(file), LARGEST_ARCHIVE);
        String found = HexFormat.of().formatHex(digest("SHA-256", into));
        if (!found.equals(wanted)) {
            throw differs(folder.resolve(file), found, sums, wanted);
        }
    }

    private static IOException differs(URI file, String found, URI source, String wanted) {
        return new IOException(
                "'" + file + "' has the checksum " + found + ", but '" + source + "' says " + OneLine.of(wanted, 200));
    }

    private Download download() {
        Set<Origin> named = new HashSet<>();
        Stream.of(nodeRoot, npmRoot)
                .flatMap(Optional::stream)
                .forEach(root -> Origin.of(root).ifPresent(named::add));
        return new Download(proxies, credential, named, allowInsecure);
    }

    private static byte[] digest(String algorithm, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}

package io.github.olympe.maven.registry;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, {@code [host[:port]/]path[:tag][@digest]}, in the grammar of the distribution specification. As in
 * Docker, names without a host are on Docker Hub, where a name of one part gets the prefix {@code library/}.
 *
 * @param registry the registry's host, in lower case, with its port if the text has one; {@code docker.io} for Docker Hub
 * @param repository the path, {@code acme/shop-backend}
 * @param tag the tag; absent if only a digest or a repository is named
 * @param digest the digest that pins it
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    /** Docker Hub's name in references. */
    public static final String DOCKER_HUB = "docker.io";

    private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern USER_BEFORE_HOST = Pattern.compile("[^/]*@[^/]*/.*");
    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST = 1000;
    private static final int LONGEST_REPOSITORY = 255;

    /**
     * Parses a reference. Without a tag and a digest it means {@code latest}, as for docker.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws OlympeException if it is not a reference
     */
    public static ImageReference of(String parameter, String text) {
        return checked(parameter, text).orLatest();
    }

    /** Parses a text from outside as {@link #of} does, absent if it is not a reference. */
    public static Optional<ImageReference> parse(String text) {
        Parts parts = Parts.of(text);
        return parts.fault().isPresent()
                ? Optional.empty()
                : Optional.of(parts.reference().orLatest());
    }

    /**
     * Parses a reference to a repository, without a tag or digest.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws OlympeException if it is not one, or has a tag or a digest
     */
    public static ImageReference ofRepository(String parameter, String text) {
        ImageReference reference = checked(parameter, text);
        if (reference.tag.isPresent() || reference.digest.isPresent()) {
            throw invalid(parameter, text, "it must be a repository, without a tag or a digest");
        }
        return reference;
    }

    private static ImageReference checked(String parameter, String text) {
        if (text.length() <= LONGEST && USER_BEFORE_HOST.matcher(text).matches()) {
            throw InvalidParameter.hidden(
                    parameter,
                    "It has a user or password in it. Take them out, and put them into a server of settings.xml whose <id> is the"
                            + " registry's host.");
        }
        Parts parts = Parts.of(text);
        parts.fault().ifPresent(why -> {
            throw invalid(parameter, text, why);
        });
        return parts.reference();
    }

    private ImageReference orLatest() {
        return tag.isPresent() || digest.isPresent() ? this : withTag("latest");
    }

    /** The unchecked parts of a text. */
    private record Parts(String registry, String repository, Optional<String> tag, Optional<String> digest) {

        private static final Pattern SIGNS = Pattern.compile("([^@]*?)(?::([^:/@]*))?(?:@(.*))?", Pattern.DOTALL);

        static Parts of(String text) {
            Matcher signs = SIGNS.matcher(text.strip());
            if (text.length() > LONGEST || !signs.matches()) {
                return new Parts("", text, Optional.empty(), Optional.empty());
            }
            String name = signs.group(1);
            int slash = name.indexOf('/');
            String first = slash < 0 ? "" : name.substring(0, slash);
            boolean hasHost = first.contains(".") || first.contains(":") || first.equalsIgnoreCase("localhost");
            String registry = hasHost ? first.toLowerCase(Locale.ROOT) : DOCKER_HUB;
            if (registry.equals("index.docker.io") || registry.equals("registry-1.docker.io")) {
                registry = DOCKER_HUB;
            }
            String repository = hasHost ? name.substring(slash + 1) : name;
            if (registry.equals(DOCKER_HUB) && !repository.contains("/")) {
                repository = "library/" + repository;
            }
            return new Parts(
                    registry, repository, Optional.ofNullable(signs.group(2)), Optional.ofNullable(signs.group(3)));
        }

        /** Says why this is not a reference, as a part of a sentence. */
        Optional<String> fault() {
            if (repository.length() > LONGEST) {
                return Optional.of("it has at most " + LONGEST + " characters");
            }
            if (registry.isEmpty()) {
                return Optional.of("its form is 'host/path:tag'");
            }
            if (!isRegistry(registry)) {
                return Optional.of("'" + registry + "' is not a registry's host");
            }
            if (!REPOSITORY.matcher(repository).matches()) {
                return Optional.of(
                        "a repository's path consists of lower-case letters, digits and '.', '_', '-' between"
                                + " them, separated by '/'");
            }
            if (repository.length() > LONGEST_REPOSITORY) {
                return Optional.of("a repository's path has at most " + LONGEST_REPOSITORY + " characters");
            }
            if (tag.filter(name -> !isTag(name)).isPresent()) {
                return Optional.of("a tag has at most 128 letters, digits and '_', '.', '-', and does not start with"
                        + " '.' or '-'");
            }
            if (digest.filter(value -> Digest.parse(value).isEmpty()).isPresent()) {
                return Optional.of("write 'sha256:' and 64 hexadecimal digits after the '@'");
            }
            return Optional.empty();
        }

        ImageReference reference() {
            return new ImageReference(registry, repository, tag, digest.map(Digest::new));
        }
    }

    /** Returns whether this names a registry: a host with or without a port. */
    static boolean isRegistry(String text) {
        return REGISTRY.matcher(text).matches() && isServer(text);
    }

    /** Returns a registry's host without its port. */
    public static String withoutPort(String registry) {
        return PORT.matcher(registry).replaceFirst("");
    }

    /** Returns whether a URL can contain it as host and port. */
    private static boolean isServer(String registry) {
        try {
            int port = new URI("https://" + registry).parseServerAuthority().getPort();
            return port == -1 || port >= 1 && port <= 65535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns whether this is a tag according to the distribution specification. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Returns the same repository under this tag, with no digest. */
    public ImageReference withTag(String newTag) {
        return new ImageReference(registry, repository, Optional.of(newTag), Optional.empty());
    }

    /** Returns the same name, pinned to this digest. */
    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(registry, repository, tag, Optional.of(newDigest));
    }

    /** Returns the repository alone. */
    public ImageReference withoutTag() {
        return new ImageReference(registry, repository, Optional.empty(), Optional.empty());
    }

    /** Returns the last part of the repository, {@code shop-backend}. */
    public String name() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /** Returns what to request from a registry: the digest, or else the tag. */
    public String identifier() {
        return digest.map(Digest::value).or(() -> tag).orElse("latest");
    }

    /** Returns the full reference, including the host. */
    @Override
    public String toString() {
        return registry
                + "/"
                + repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }

    private static OlympeException invalid(String parameter, String text, String why) {
        return InvalidParameter.of(parameter, text, "It is not an image: " + why + ".");
    }
}

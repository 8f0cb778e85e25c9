package io.github.olympe.maven.registry;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system and processor of an image, as in the OCI image index.
 *
 * @param os the operating system, {@code linux}
 * @param architecture the processor, {@code amd64}
 * @param variant the processor's variant, {@code v8}
 */
public record Platform(String os, String architecture, Optional<String> variant) {

    /** The default platform, on which Olympe's cloud runs. */
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", Optional.empty());

    private static final Pattern FORM = Pattern.compile("([a-z0-9]+)/([a-z0-9_]+)(?:/([a-z0-9.]+))?");

    /**
     * Parses a platform.
     *
     * @param parameter the parameter that sets it, for the error message
     * @param text {@code os/architecture} or {@code os/architecture/variant}
     * @throws OlympeException if it has another form
     */
    public static Platform of(String parameter, String text) {
        return parse(text)
                .orElseThrow(() ->
                        InvalidParameter.of(parameter, text, "Write a platform as 'linux/amd64' or 'linux/arm64/v8'."));
    }

    /** Parses {@code os/architecture} or {@code os/architecture/variant}, absent if the text has another form. */
    public static Optional<Platform> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Platform(matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3))))
                : Optional.empty();
    }

    /**
     * Returns whether an image for {@code offered} runs on this platform. They are compared as containerd normalises them:
     * {@code linux/amd64} is {@code linux/amd64/v1} and not {@code linux/amd64/v3}, {@code linux/arm} is {@code linux/arm/v7},
     * {@code linux/arm64} is {@code linux/arm64/v8}, {@code x86_64} is {@code amd64}.
     */
    public boolean accepts(Platform offered) {
        return normalised().equals(offered.normalised());
    }

    private Platform normalised() {
        return switch (architecture) {
            case "x86_64", "x86-64" -> new Platform(os, "amd64", variant).normalised();
            case "i386", "i486", "i586", "i686" -> new Platform(os, "386", Optional.empty());
            case "aarch64" -> new Platform(os, "arm64", variant).normalised();
            case "armhf" -> new Platform(os, "arm", Optional.of("v7"));
            case "armel" -> new Platform(os, "arm", Optional.of("v6"));
            case "amd64" -> withVariant(variant.filter(name -> !name.equals("v1")));
            case "arm64" -> withVariant(variant.filter(name -> !name.equals("v8") && !name.equals("8")));
            case "arm" ->
                withVariant(Optional.of(variant.map(name -> name.startsWith("v") ? name : "v" + name)
                        .orElse("v7")));
            default -> this;
        };
    }

    private Platform withVariant(Optional<String> newVariant) {
        return new Platform(os, architecture, newVariant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}

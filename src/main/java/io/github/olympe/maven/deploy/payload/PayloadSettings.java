package io.github.olympe.maven.deploy.payload;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a payload besides its base, each from the parameter of the same name.
 *
 * @param deployRules the explicit rules
 * @param promotionMode how deployments are promoted, {@code auto} or {@code manual}
 * @param updateMode how code as data is updated, {@code auto} or {@code manual}
 * @param skipUpdateVersions whether to skip the automatic update of orchestrator and toolkit
 * @param extraArgs arguments of the deploy process
 * @param allowUnknownKeys whether the base may have keys that the documentation does not list
 */
public record PayloadSettings(
        List<DeployRule> deployRules,
        Optional<String> promotionMode,
        Optional<String> updateMode,
        Optional<Boolean> skipUpdateVersions,
        List<String> extraArgs,
        boolean allowUnknownKeys) {

    private static final String EXTRA_ARGS = "extraArgs (olympe.extraArgs)";

    public PayloadSettings {
        deployRules = List.copyOf(deployRules);
        extraArgs = List.copyOf(extraArgs);
    }

    /**
     * Returns settings from parameters as Maven passes them.
     *
     * @throws OlympeException if one has a value that is not allowed
     */
    public static PayloadSettings of(
            List<DeployRule> deployRules,
            @Nullable String promotionMode,
            @Nullable String updateMode,
            @Nullable String skipUpdateVersions,
            @Nullable List<String> extraArgs,
            boolean allowUnknownKeys) {
        List<String> args = extraArgs == null
                ? List.of()
                : extraArgs.stream()
                        .map(text -> text == null ? "" : text.strip())
                        .toList();
        args.forEach(arg -> oneOf(EXTRA_ARGS, arg, PayloadKeys.EXTRA_ARGS));
        return new PayloadSettings(
                deployRules,
                oneOf("promotionMode (olympe.promotionMode)", promotionMode, PayloadKeys.MODES),
                oneOf("updateMode (olympe.codeAsData.updateMode)", updateMode, PayloadKeys.MODES),
                oneOf("skipUpdateVersions (olympe.skipUpdateVersions)", skipUpdateVersions, List.of("true", "false"))
                        .map(Boolean::valueOf),
                args,
                allowUnknownKeys);
    }

    private static Optional<String> oneOf(String parameter, @Nullable String value, List<String> allowed) {
        if (value == null || value.isBlank() && !parameter.equals(EXTRA_ARGS)) {
            return Optional.empty();
        }
        if (!allowed.contains(value.strip())) {
            throw InvalidParameter.of(
                    parameter,
                    value,
                    String.format(
                            "Use %s.", allowed.stream().map(v -> "'" + v + "'").collect(Collectors.joining(" or "))));
        }
        return Optional.of(value.strip());
    }
}

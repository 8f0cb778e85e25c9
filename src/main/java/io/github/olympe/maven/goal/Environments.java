package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.DeployTarget;
import io.github.olympe.maven.image.RepositoryNames;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code environments}, {@code deployBranches} and {@code environment}: which builds push and deploy, and to which
 * environment.
 */
final class Environments {

    private final List<DeployEnvironment> sections;
    private final String deployBranches;
    private final @Nullable String chosen;

    Environments(@Nullable List<DeployEnvironment> sections, String deployBranches, @Nullable String chosen) {
        this.sections = sections == null
                ? List.of()
                : sections.stream()
                        .map(section -> section == null ? new DeployEnvironment() : section)
                        .toList();
        this.deployBranches = deployBranches;
        this.chosen = chosen;
    }

    /** Returns the names of the environments; {@value DeploymentRecord#ONLY} if the project has only one without a name. */
    List<String> names() {
        return sections.isEmpty()
                ? List.of(DeploymentRecord.ONLY)
                : sections.stream().map(section -> Texts.of(section.name, "")).toList();
    }

    /** Returns the environment of a build: the one that the user names, the only one, or the one of the branch. */
    Optional<String> about(BuildContext build) {
        return Texts.of(chosen)
                .or(() ->
                        Optional.of(names()).filter(names -> names.size() == 1).map(names -> names.get(0)))
                .or(() -> branches().deploy(build).environment());
    }

    /**
     * Returns which builds push and deploy.
     *
     * @throws OlympeException if an expression or a name is wrong
     */
    DeployBranches branches() {
        List<DeployBranches.Environment> named = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DeployEnvironment section : sections) {
            String name = Texts.of(section.name, "");
            if (name.isEmpty()) {
                throw InvalidParameter.missing("environments/environment/name", "Give each <environment> a <name>.");
            }
            if (!names.add(name)) {
                throw InvalidParameter.of(
                        "environments/environment/name",
                        name,
                        "Another environment has the same name. Rename one of them.");
            }
            named.add(new DeployBranches.Environment(
                    name,
                    Texts.of(section.branch)
                            .map(branch -> BranchPattern.of("environments." + name + ".branch", branch))));
        }
        return new DeployBranches(
                BranchPattern.of("deployBranches (olympe.deployBranches)", deployBranches),
                named,
                Optional.ofNullable(chosen));
    }

    /** Returns the registry that an environment pulls its images from, if it has one of its own. */
    Optional<String> registry(String environment) {
        return sections.stream()
                .filter(section -> Texts.of(section.name, "").equals(environment))
                .findFirst()
                .flatMap(section -> RepositoryNames.in(section.registry).registry());
    }

    /** Returns the URLs at which environments serve their frontends, by the environments' names. */
    Map<String, String> awaitUrls() {
        Map<String, String> urls = new TreeMap<>();
        for (DeployEnvironment section : sections) {
            Texts.of(section.awaitUrl).ifPresent(url -> urls.put(Texts.of(section.name, ""), url));
        }
        return urls;
    }

    /**
     * Returns the targets of deployments: the only instance, or the instance of each environment.
     *
     * @param url the parameter {@code deployUrl}
     * @param serverId the parameter {@code deployServerId}, for environments that have none of their own
     * @param payload the parameter {@code payload}, for environments that have none of their own
     */
    List<DeployTarget> targets(@Nullable String url, @Nullable String serverId, @Nullable String payload) {
        Optional<DeployTarget.Payload> common =
                Optional.ofNullable(payload).map(text -> new DeployTarget.Payload("payload (olympe.payload)", text));
        List<DeployTarget> targets = new ArrayList<>();
        Texts.of(url)
                .map(text ->
                        new DeployTarget(Optional.empty(), Optional.of(text), Optional.ofNullable(serverId), common))
                .ifPresent(targets::add);
        for (DeployEnvironment section : sections) {
            String name = Texts.of(section.name, "");
            targets.add(new DeployTarget(
                    Optional.of(name),
                    Texts.of(section.url),
                    Optional.ofNullable(section.serverId).or(() -> Optional.ofNullable(serverId)),
                    Texts.of(section.payload)
                            .map(text -> new DeployTarget.Payload("environments." + name + ".payload", text))
                            .or(() -> common)));
        }
        return targets;
    }
}

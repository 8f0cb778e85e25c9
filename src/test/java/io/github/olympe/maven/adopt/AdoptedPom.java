package io.github.olympe.maven.adopt;

import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.DeployTarget;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.ImageProject;
import io.github.olympe.maven.image.ImageSettings;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.RepositoryNames;
import io.github.olympe.maven.image.SectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A pom that was written, as the goals would read it in a build with these environment variables. */
record AdoptedPom(Document pom, Path project, Map<String, String> environment) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([^}]+)}");

    static AdoptedPom read(Path project, Map<String, String> environment) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(project.resolve("pom.xml").toFile());
        return new AdoptedPom(pom, project, environment);
    }

    /** The images of a build: their references with the tag that is deployed first. */
    List<ImageSpec> images(BuildContext build) {
        List<String> tags = all("tag").stream().map(this::text).toList();
        List<SectionSettings> sections = new ArrayList<>();
        for (ImageKind kind : ImageKind.values()) {
            Optional<Element> section = all(kind.id()).stream().findFirst();
            sections.add(new SectionSettings(
                    kind,
                    section.flatMap(element -> child(element, "name")),
                    Optional.of("scratch"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.of("none"),
                    Map.of()));
        }
        String artifact = text(all("artifactId").get(0));
        ImageSettings settings = new ImageSettings(
                new ImageProject(project, "1.0.0", Optional.empty(), Optional.empty(), Instant.EPOCH),
                RepositoryNames.in(property("olympe.registry").orElse(null)),
                property("olympe.imageName").orElse(artifact),
                tags,
                Map.of(),
                sections,
                true,
                false,
                Optional.empty(),
                project.resolve("target/olympe"));
        return ImagePlan.of(settings, build).images();
    }

    /** The plan of the goal deploy. */
    DeployPlan deployment(BuildContext build, boolean codeAsData) {
        Optional<DeployImage> frontend = Optional.empty();
        List<DeployImages.Backend> backends = new ArrayList<>();
        Optional<DeployImage> data = Optional.empty();
        for (ImageSpec spec : images(build)) {
            DeployImage image = DeployImage.planned(
                    spec.name(), spec.repository() + ":" + spec.tags().get(0));
            switch (spec.kind()) {
                case FRONTEND -> frontend = Optional.of(image);
                case BACKEND -> backends.add(new DeployImages.Backend(image, Optional.empty()));
                case CODE_AS_DATA -> data = Optional.of(image);
            }
        }
        List<DeployTarget> targets = new ArrayList<>();
        List<DeployBranches.Environment> environments = new ArrayList<>();
        for (Element element : all("environment")) {
            String name = child(element, "name").orElseThrow();
            targets.add(new DeployTarget(
                    Optional.of(name), child(element, "url"), Optional.empty(), payload(child(element, "payload"))));
            environments.add(new DeployBranches.Environment(
                    name, child(element, "branch").map(branch -> BranchPattern.of("branch", branch))));
        }
        if (targets.isEmpty()) {
            Optional<String> payload = property("olympe.payload")
                    .or(() -> all("payload").stream().findFirst().map(this::text));
            targets.add(new DeployTarget(
                    Optional.empty(), property("olympe.deploy.url"), Optional.empty(), payload(payload)));
        }
        return DeployPlan.of(
                new DeploySettings(
                        targets,
                        new DeployBranches(
                                BranchPattern.of(
                                        "deployBranches",
                                        property("olympe.deployBranches").orElse("main|master")),
                                environments,
                                Optional.empty()),
                        PayloadSettings.of(
                                List.of(),
                                property("olympe.promotionMode").orElse(null),
                                all("updateMode").stream()
                                        .findFirst()
                                        .map(this::text)
                                        .orElse(null),
                                property("olympe.skipUpdateVersions").orElse(null),
                                null,
                                false),
                        List.of(),
                        codeAsData,
                        Duration.ofSeconds(5),
                        false,
                        false,
                        false,
                        project,
                        project.resolve("target/olympe/deploy")),
                build,
                new DeployImages(frontend, backends, data));
    }

    private static Optional<DeployTarget.Payload> payload(Optional<String> text) {
        return text.map(value -> new DeployTarget.Payload("payload", value));
    }

    private Optional<String> property(String name) {
        return all(name).stream().findFirst().map(this::text);
    }

    private List<Element> all(String name) {
        NodeList nodes = pom.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private Optional<String> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return Optional.of(text(node));
            }
        }
        return Optional.empty();
    }

    private String text(Node node) {
        return VARIABLE.matcher(node.getTextContent())
                .replaceAll(match -> Matcher.quoteReplacement(environment.getOrDefault(match.group(1), match.group())));
    }
}

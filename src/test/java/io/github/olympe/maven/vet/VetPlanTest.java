package io.github.olympe.maven.vet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VetPlanTest {

    private static final String HTML = "usr/share/nginx/html/";
    private static final String APP = "home/node/app/";
    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";

    @TempDir
    Path folder;

    private final List<Digest> opened = Collections.synchronizedList(new ArrayList<>());
    private final Map<Digest, byte[]> blobs = new HashMap<>();

    private VetReport vet(Role role, LayerBlob... layers) {
        return vet(List.of(), Optional.of(role), Set.of(), layers);
    }

    private VetReport vet(List<String> allow, Optional<Role> role, Set<String> base, LayerBlob... layers) {
        VettedImage image = new VettedImage(
                role.map(Role::section).orElse("registry.example.com/acme/shop:1"),
                role,
                List.of(),
                List.of(variant("linux/amd64", base, layers)));
        return VetPlan.of(new VetSettings(allow, Optional.empty(), Optional.empty()))
                .run(List.of(image), folder.resolve("cache"));
    }

    private VettedImage.Variant variant(String platform, Set<String> base, LayerBlob... layers) {
        List<Descriptor> descriptors = Arrays.stream(layers)
                .map(LayerBlob::bytes)
                .map(bytes -> {
                    Descriptor descriptor = LayerBlob.descriptor(bytes);
                    blobs.put(descriptor.digest(), bytes);
                    return descriptor;
                })
                .toList();
        return new VettedImage.Variant(
                platform,
                descriptors,
                layer -> {
                    opened.add(layer.digest());
                    if (!blobs.containsKey(layer.digest())) {
                        throw new FileNotFoundException("no such blob");
                    }
                    return new ByteArrayInputStream(blobs.get(layer.digest()));
                },
                base::contains);
    }

    private static List<String> found(VetReport report) {
        return report.findings()
                .map(finding -> finding.rule().id() + " " + finding.path())
                .toList();
    }

    @Test
    void saysInOneSentenceWhatIsFoundAndWhatToDo() {
        VetReport report = vet(
                Role.FRONTEND,
                new LayerBlob().file(HTML + "config/services.json", "{\n\"gitlab\": \"" + TOKEN + "\"}"));

        assertThat(report.errors())
                .containsExactly(
                        "The image 'frontend' serves '/config/services.json', which has a token of GitLab in line 2"
                                + " (gitlab-token); revoke it, and take it out of the file or leave the file out"
                                + " (<frontend><excludes><exclude>config/services.json</exclude></excludes></frontend>), or allow it by"
                                + " -Dolympe.vet.allow=gitlab-token:config/services.json.");
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void aFileThatItsPodCannotReadIsNotSaidToBeServed() {
        LayerBlob layer = new LayerBlob()
                .file(HTML + "LICENSE", 0, 0, 0600, new byte[1])
                .file(HTML + "NOTICE", 0, 0, 0600, new byte[1]);

        assertThat(vet(Role.FRONTEND, layer).errors())
                .singleElement()
                .asString()
                .startsWith("The image 'frontend' has '/usr/share/nginx/html/LICENSE', which its pod cannot read")
                .contains(") (and 1 more); let others read it")
                .endsWith("by -Dolympe.vet.allow=unreadable:**.");
    }

    @Test
    void aSingleFindingOfManyIsNamedByItself() {
        assertThat(vet(Role.FRONTEND, new LayerBlob().file(HTML + "main.js.map", "{}"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("(source-map); leave it out", "<exclude>main.js.map</exclude>")
                .endsWith("by -Dolympe.vet.allow=source-map:main.js.map.");
    }

    /** A part of it may come from the result of the build, and a part from what else a Dockerfile copies. */
    @Test
    void aGitRepositoryInTwoLayersIsOne() {
        VettedImage.Variant variant = variant(
                "linux/amd64",
                Set.of(),
                new LayerBlob().file(HTML + ".git/HEAD", "ref"),
                new LayerBlob().file(HTML + ".git/config", "[core]"));
        VettedImage image = new VettedImage(
                "frontend",
                Optional.of(Role.FRONTEND),
                List.of(),
                List.of(new VettedImage.Variant(
                        variant.platform(),
                        variant.layers(),
                        Set.of(variant.layers().get(1).digest()),
                        variant.tars(),
                        variant.blobs(),
                        variant.base())));

        assertThat(VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()))
                        .run(List.of(image), folder)
                        .errors())
                .singleElement()
                .asString()
                .startsWith("The image 'frontend' serves '/.git', which is a git repository")
                .contains("of its sources (git-folder); leave it out");
    }

    @Test
    void theConfigurationOfTheBackendIsReportedWithoutASecretToo() {
        assertThat(found(vet(Role.FRONTEND, new LayerBlob().file(HTML + "oConfigNode.json", "{\"sc.app\": \"1\"}"))))
                .containsExactly("node-config " + HTML + "oConfigNode.json");
    }

    @Test
    void saysWhatItLetsPassAndWhichImageItInspects() {
        ImageReference image = ImageReference.of("image", "registry.example.com/acme/shop:1");
        VetPlan plan =
                VetPlan.of(new VetSettings(List.of("source-map:**", "*:a.json"), Optional.empty(), Optional.of(image)));

        assertThat(plan.describe()).containsExactly("vet lets pass: source-map:**, *:a.json");
        assertThat(plan.image()).contains(image);
        assertThat(VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()))
                        .describe())
                .isEmpty();
    }

    /** A section's {@code excludes} apply to what is copied from the build's result alone. */
    @Test
    void aFileThatAnotherCopyOfTheDockerfileBroughtIsNotToBeExcluded() {
        VettedImage.Variant copied = variant(
                "linux/amd64",
                Set.of(),
                new LayerBlob().file(HTML + "a.json", TOKEN),
                new LayerBlob().file(HTML + "b.json", TOKEN));
        VettedImage image = new VettedImage(
                "frontend",
                Optional.of(Role.FRONTEND),
                List.of(),
                List.of(new VettedImage.Variant(
                        copied.platform(),
                        copied.layers(),
                        Set.of(copied.layers().get(1).digest()),
                        copied.tars(),
                        copied.blobs(),
                        copied.base())));

        VetReport report = VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()))
                .run(List.of(image), folder);

        assertThat(report.errors())
                .satisfiesExactly(
                        first -> assertThat(first).contains("(<frontend><excludes><exclude>a.json</exclude>"),
                        second -> assertThat(second)
                                .contains(
                                        "'/b.json'",
                                        "leave the file out (build the image without it), or allow it by -Dolympe.vet.allow=gitlab-token:b.json")
                                .doesNotContain("exclude"));
    }

    @Test
    void manyFindingsOfOneKindAreReportedOnce() {
        LayerBlob layer = new LayerBlob();
        for (int i = 0; i < 50; i++) {
            layer.file(HTML + "chunk" + i + ".js.map", "{}");
        }
        assertThat(vet(Role.FRONTEND, layer).warnings())
                .containsExactly(
                        "The image 'frontend' serves '/chunk0.js.map', a source map, which shows everybody the project's"
                                + " sources (source-map) (and 49 more); leave it out unless the"
                                + " sources may be seen (<frontend><excludes><exclude>**/*.map</exclude></excludes></frontend>), or allow it"
                                + " by -Dolympe.vet.allow=source-map:**.");
    }

    @Test
    void inlineSourceMapsAreReportedOnce() {
        LayerBlob layer = new LayerBlob();
        for (int i = 10; i < 40; i++) {
            layer.file(
                    HTML + "chunk" + i + ".js",
                    "run()\n//# sourceMappingURL=data:application/json;base64," + "eyJ2ZXJzaW9u".repeat(4));
        }
        assertThat(vet(Role.FRONTEND, layer).warnings())
                .singleElement()
                .asString()
                .startsWith("The image 'frontend' serves '/chunk10.js', a program with a source map in it")
                .contains("(inline-source-map) (and 29 more);")
                .endsWith("by -Dolympe.vet.allow=inline-source-map:**.");
    }

    @Test
    void onlyServedFilesAreSearchedForSecrets() {
        LayerBlob layer = new LayerBlob()
                .file("etc/nginx/tokens", TOKEN)
                .file(APP + "main.js", TOKEN)
                .file("root/patches/a.json", TOKEN);
        for (Role role : Role.values()) {
            assertThat(found(vet(role, layer))).as("%s", role).isEmpty();
        }
    }

    /** Docker writes a file with several names once, under the first one. */
    @Test
    void aHardLinkServesAFileFromElsewhere() {
        LayerBlob layer = new LayerBlob()
                .file("app/dist/config.json", "{}\n" + TOKEN)
                .file("app/dist/other.json", TOKEN)
                .hardLink(HTML + "config.json", "app/dist/config.json");

        assertThat(found(vet(Role.FRONTEND, layer))).containsExactly("gitlab-token " + HTML + "config.json");
    }

    @Test
    void reportsALinkOutOfTheServedFolder() {
        LayerBlob layer = new LayerBlob()
                .file("app/dist/config.json", TOKEN)
                .file(HTML + "main.js", "{}")
                .link(HTML + "inside.js", "main.js")
                .link(HTML + "app", "../../../../app/dist")
                .link(HTML + "over", "app/config.json");

        assertThat(found(vet(Role.FRONTEND, layer)))
                .containsExactlyInAnyOrder("served-link " + HTML + "app", "served-link " + HTML + "over");
    }

    @Test
    void theServedFolderItselfMayBeALink() {
        LayerBlob layer = new LayerBlob().file("app/dist/config.json", TOKEN).link("usr/share/nginx/html", "/app/dist");

        assertThat(found(vet(Role.FRONTEND, layer))).containsExactly("served-link usr/share/nginx/html");
    }

    @Test
    void filesReplacedOrDeletedByAnUpperLayerAreNotServed() {
        LayerBlob lower = new LayerBlob()
                .file(HTML + "a.json", TOKEN)
                .file(HTML + "b.json", TOKEN)
                .file(HTML + "c/c.json", TOKEN)
                .file(HTML + "d/d.json", TOKEN)
                .file(HTML + "e.json", TOKEN);
        LayerBlob upper = new LayerBlob()
                .file(HTML + "a.json", "{}")
                .file(HTML + ".wh.b.json", "")
                .file(HTML + ".wh.c", "")
                .file(HTML + "d/.wh..wh..opq", "");

        assertThat(found(vet(Role.FRONTEND, lower, upper))).containsExactly("gitlab-token " + HTML + "e.json");
        assertThat(found(vet(Role.FRONTEND, upper, lower))).contains("gitlab-token " + HTML + "a.json");
    }

    @Test
    void aFileWithASecretIsNotAlsoReportedAsOneWithout() {
        VetReport report = vet(
                Role.FRONTEND,
                new LayerBlob()
                        .file(HTML + "oConfigNode.json", "{\"auth.autoPassword\": \"kr0kodil\"}")
                        .file(
                                HTML + "snapshot-config.json",
                                "{\"snapshooter\": {}, \"git\": {\"repo\": \"https://" + TOKEN
                                        + "@git.acme.ch/a.git\"}}"));
        assertThat(found(report))
                .containsExactlyInAnyOrder(
                        "oconfig-password " + HTML + "oConfigNode.json",
                        "gitlab-token " + HTML + "snapshot-config.json",
                        "url-credentials " + HTML + "snapshot-config.json");
    }

    @Test
    void aBackendsOwnConfigurationIsInspected() {
        VetReport report = vet(
                Role.BACKEND,
                new LayerBlob()
                        .file(
                                APP + "oConfig.json",
                                "{\"defaultHost\": \"acme.olympe.io\",\n\"sc.app\": \"<service app tag>\","
                                        + " \"auth.autoPassword\": \"of-the-service-alone\"}")
                        .file(APP + "node_modules/x/oConfig.json", "{\"sc.app\": \"<service app tag>\"}")
                        .file(APP + "conf.d/oConfig.json", "{}"));
        assertThat(report.errors()).isEmpty();
        assertThat(found(report))
                .containsExactlyInAnyOrder(
                        "default-host " + APP + "oConfig.json",
                        "placeholder " + APP + "oConfig.json",
                        "hidden-conf " + APP + "conf.d/oConfig.json");
        assertThat(report.warnings())
                .anySatisfy(
                        sentence -> assertThat(sentence)
                                .startsWith(
                                        "The image 'backend' has '/home/node/app/oConfig.json', which has a fixed 'defaultHost' in line 1"));
        assertThat(found(vet(
                        Role.BACKEND,
                        new LayerBlob().file(APP + "oConfig.json", "{\"defaultHost\": \"staging-frontend\"}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // mode, owner, group, frontend reads, backend reads
        "0644, 0, 0, true, true",
        "0644, 101, 0, true, true",
        "0600, 0, 0, false, false",
        "0600, 101, 0, false, false",
        "0640, 101, 0, true, false",
        "0640, 1000, 0, false, true",
        "0640, 0, 0, false, false",
        "0640, 1000, 1000, false, false",
        "0604, 0, 0, false, false",
        "0604, 5, 5, true, true",
        "0444, 0, 0, true, true",
    })
    void podsReadTheirFiles(String mode, int uid, int gid, boolean frontend, boolean backend) {
        LayerBlob layer = new LayerBlob()
                .file(HTML + "x.js", uid, gid, Integer.parseInt(mode, 8), new byte[] {'x'})
                .file(APP + "x.js", uid, gid, Integer.parseInt(mode, 8), new byte[] {'x'});
        assertThat(found(vet(Role.FRONTEND, layer)).contains("unreadable " + HTML + "x.js"))
                .isEqualTo(!frontend);
        assertThat(found(vet(Role.BACKEND, layer)).contains("unreadable " + APP + "x.js"))
                .isEqualTo(!backend);
        assertThat(found(vet(Role.CODE_AS_DATA, layer))).isEmpty();
        // For an image in a registry, it is unknown which of its other files come from the base image.
        assertThat(found(vet(List.of(), Optional.empty(), Set.of(), layer)).size())
                .isEqualTo((frontend ? 0 : 1) + (backend ? 0 : 1));
        assertThat(found(vet(
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        new LayerBlob().file("etc/shadow", 0, 42, 0640, new byte[1]))))
                .isEmpty();
    }

    /** A strict umask, or what npm links and an old pipeline deletes, gives tens of thousands of findings. */
    @Test
    @Tag("cost")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void veryManyFindingsCostLittle() {
        LayerBlob lower = new LayerBlob();
        LayerBlob upper = new LayerBlob();
        for (int i = 0; i < 60_000; i++) {
            lower.file(APP + "lib/" + i + ".js", 0, 0, 0600, new byte[0]);
        }
        for (int i = 0; i < 4_000; i++) {
            lower.file(APP + "old/" + i, "");
            upper.link(APP + "link" + i, "missing").file(APP + "old/.wh." + i, "");
        }

        VetReport first = vet(Role.BACKEND, lower, upper);
        VetReport again = vet(Role.BACKEND, lower, upper);

        assertThat(first.findings()).hasSize(64_000);
        assertThat(again.findings()).hasSize(64_000);
        assertThat(first.errors()).hasSize(4_001);
        assertThat(opened).hasSize(2);
    }

    @Test
    @Tag("cost")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLargeConfigurationCostsLittle() {
        String members = IntStream.range(0, 300_000)
                .mapToObj(i -> "\"key" + i + "\": \"<gap>\"")
                .collect(Collectors.joining(",\n"));

        VetReport report = vet(
                Role.FRONTEND,
                new LayerBlob()
                        .file(HTML + "oConfig.json", "{" + members + "}")
                        .file(HTML + "oConfigTest.json", "{" + members));

        assertThat(found(report))
                .containsExactly("placeholder " + HTML + "oConfig.json", "placeholder " + HTML + "oConfigTest.json");
        assertThat(report.findings()).allMatch(finding -> finding.line() == 1);
    }

    @Test
    void foldersMustBeAccessible() {
        LayerBlob layer = new LayerBlob()
                .folder(APP + "open", 0, 0, 0755)
                .folder(APP + "closed", 0, 0, 0744)
                .file(APP + "closed/main.js", "");
        assertThat(vet(Role.BACKEND, layer).errors())
                .containsExactly(
                        "The image 'backend' has '/home/node/app/closed', which its pod cannot read (unreadable: it has the owner"
                                + " 0:0 and the mode 0744, and the pod runs as the user 1000, or on OpenShift as any user of group 0); let others"
                                + " read it, which <modes>canonical</modes> does, or set <owner> in the image's section, or allow it by"
                                + " -Dolympe.vet.allow=unreadable:closed.");
    }

    @ParameterizedTest
    @CsvSource({
        // link, target, leads nowhere
        "a, main.js, false",
        "a, ./main.js, false",
        "a, /home/node/app/main.js, false",
        "a, ../../../home/node/app/main.js, false",
        "a, ../../../../../../../home/node/app/main.js, false",
        "a, lib, false",
        "a, lib/x.js, false",
        "lib/.bin/a, ../x.js, false",
        "a, linked/x.js, false",
        "a, /, false",
        "a, /usr/bin/python3, false",
        "a, /usr/lib, false",
        "a, /dev/stdout, false",
        "a, /proc/self/fd/1, false",
        "a, /device, true",
        "a, missing.js, true",
        "a, ../../../builds/acme/shop/packages/a, true",
        "a, /builds/acme/shop/packages/a, true",
        "a, linked/y.js, true",
        "a, a, true",
    })
    void linksLeadSomewhere(String link, String target, boolean leadsNowhere) {
        LayerBlob layer = new LayerBlob()
                .file(APP + "main.js", "x")
                .file(APP + "lib/x.js", "x")
                .link(APP + "linked", "lib")
                .link(APP + link, target);
        Set<String> base = Set.of("usr/bin/python3", "usr/lib");
        assertThat(found(vet(List.of(), Optional.of(Role.BACKEND), base, layer)))
                .isEqualTo(leadsNowhere ? List.of("link-outside " + APP + link) : List.of());
    }

    @Test
    void aLinkMayLeadToAnotherLayer() {
        LayerBlob lower =
                new LayerBlob().file(APP + "node_modules/a/cli.js", "x").link(APP + "node_modules/b", "a");
        LayerBlob upper = new LayerBlob()
                .link(APP + "cli", "node_modules/b/cli.js")
                .link(APP + "other", "node_modules/b/other.js");
        assertThat(found(vet(Role.BACKEND, lower, upper))).containsExactly("link-outside " + APP + "other");
        assertThat(vet(Role.BACKEND, lower, upper).errors())
                .singleElement()
                .asString()
                .contains("(link-outside: it leads to '/home/node/app/node_modules/b/other.js')");
    }

    @Test
    void aWhiteoutThatDeletesNothingIsReported() {
        LayerBlob lower = new LayerBlob().file(HTML + "old.html", "");
        LayerBlob upper = new LayerBlob()
                .file(HTML + ".wh.old.html", "")
                .file(HTML + ".wh.50x.html", "")
                .file(HTML + ".wh.notes.txt", "");
        assertThat(found(vet(List.of(), Optional.of(Role.FRONTEND), Set.of(HTML + "50x.html"), lower, upper)))
                .containsExactly("whiteout-name " + HTML + ".wh.notes.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gitlab-token:config.json",
                "gitlab-token:*.json",
                "gitlab-token:/usr/share/nginx/html/config.json",
                "gitlab-token:/usr/**",
                "gitlab-token:**",
                "*:config.json",
                " gitlab-token : config.json ",
            })
    void vetAllowAllowsFindings(String allow) {
        VetReport report = vet(
                List.of(allow),
                Optional.of(Role.FRONTEND),
                Set.of(),
                new LayerBlob().file(HTML + "config.json", TOKEN));
        assertThat(report.errors()).isEmpty();
        assertThat(report.findings()).singleElement().matches(Finding::isAllowed);
        assertThat(report.unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm-token:config.json",
                "gitlab-token:*.txt",
                "gitlab-token:html/config.json",
                "gitlab-token:/config.json",
            })
    void vetAllowAllowsNothingElse(String allow) {
        VetReport report = vet(
                List.of(allow),
                Optional.of(Role.FRONTEND),
                Set.of(),
                new LayerBlob().file(HTML + "config.json", TOKEN));
        assertThat(report.errors()).hasSize(1);
        assertThat(report.unused()).containsExactly(allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab-token", "gitlab-token:", ":config.json", ""})
    void anAllowanceHasARuleAndAPath(String allow) {
        assertThatThrownBy(() -> VetPlan.of(new VetSettings(List.of(allow), Optional.empty(), Optional.empty())))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'vetAllow' (olympe.vet.allow): '" + allow
                        + "'. Write it as a rule and a path pattern, such as 'source-map:**/*.map'.");
    }

    @Test
    void anAllowanceNamesARule() {
        assertThatThrownBy(() -> VetPlan.of(new VetSettings(List.of("gitlab:x"), Optional.empty(), Optional.empty())))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "Invalid value for 'vetAllow' (olympe.vet.allow): 'gitlab:x'. There is no rule 'gitlab'. Use one of ")
                .hasMessageContaining("gitlab-token");
    }

    @Test
    void anotherFolderMayBeServed() {
        VetPlan plan = VetPlan.of(new VetSettings(List.of(), Optional.of("/srv//www/"), Optional.empty()));
        VettedImage image = new VettedImage(
                "frontend",
                Optional.of(Role.FRONTEND),
                List.of(),
                List.of(variant("linux/amd64", Set.of(), new LayerBlob().file("srv/www/a/config.json", TOKEN))));
        assertThat(plan.run(List.of(image), folder).findings())
                .singleElement()
                .matches(finding -> finding.relative().equals("a/config.json"));
    }

    @Test
    void aLayerIsReadOnce() {
        LayerBlob layer = new LayerBlob().file(HTML + "config.json", TOKEN).link(HTML + "a", "missing");
        VetReport first = vet(Role.FRONTEND, layer);
        VetReport again = vet(Role.FRONTEND, layer);
        assertThat(opened).hasSize(1);
        assertThat(again.errors()).isEqualTo(first.errors()).hasSize(2);
        assertThat(cached()).isNotEmpty().noneMatch(text -> text.contains(TOKEN));
    }

    @Test
    void aBrokenMemoIsReadAgain() throws IOException {
        LayerBlob layer = new LayerBlob().file(HTML + "config.json", TOKEN);
        vet(Role.FRONTEND, layer);
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.writeString(file, "{");
            }
        }
        assertThat(vet(Role.FRONTEND, layer).errors()).hasSize(1);
        assertThat(opened).hasSize(2);
    }

    private List<String> cached() {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBlobWithAnotherDigestIsAnError() {
        LayerBlob layer = new LayerBlob().file(HTML + "index.html", "x");
        VettedImage.Variant variant = variant("linux/amd64", Set.of(), layer);
        blobs.put(
                variant.layers().get(0).digest(),
                new LayerBlob().file(HTML + "index.html", "y").bytes());
        VettedImage image = new VettedImage("frontend", Optional.of(Role.FRONTEND), List.of(), List.of(variant));
        VetPlan plan = VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> plan.run(List.of(image), folder.resolve("cache")))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Layer " + variant.layers().get(0).digest()
                        + " of the image 'frontend' cannot be read (it has the digest sha256:");
        blobs.clear();
        assertThatThrownBy(() -> plan.run(List.of(image), folder.resolve("cache")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("no such blob");
    }

    @Test
    void findingsOnSomePlatformsNameThem() {
        LayerBlob clean = new LayerBlob().file(HTML + "index.html", "x");
        LayerBlob leaking = new LayerBlob().file(HTML + "config.json", TOKEN);
        VettedImage image = new VettedImage(
                "frontend",
                Optional.of(Role.FRONTEND),
                List.of(),
                List.of(
                        variant("linux/amd64", Set.of(), clean, leaking),
                        variant("linux/arm64", Set.of(), clean),
                        variant("linux/s390x", Set.of(), leaking)));
        VetPlan plan = VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()));
        assertThat(plan.run(List.of(image), folder).errors())
                .singleElement()
                .asString()
                .startsWith("The image 'frontend' for linux/amd64, linux/s390x serves '/config.json', ");
        VettedImage everywhere = new VettedImage(
                "frontend",
                Optional.of(Role.FRONTEND),
                List.of(),
                List.of(variant("linux/amd64", Set.of(), leaking), variant("linux/arm64", Set.of(), leaking)));
        assertThat(plan.run(List.of(everywhere), folder).errors())
                .singleElement()
                .asString()
                .startsWith("The image 'frontend' serves '/config.json', ");
    }

    @Test
    void countsWhatItDidNotInspect() {
        VetReport report = vet(
                Role.FRONTEND,
                new LayerBlob()
                        .file(HTML + "font.woff", "wOFF\0\0")
                        .file(HTML + "image.png", "\u0089PNG\0")
                        .file(HTML + "index.html", "x")
                        .file("etc/binary", "\0"));
        assertThat(report.unread().binary()).isEqualTo(2);
        assertThat(report.unread().large()).isZero();
    }

    @Test
    void readsFilesFromWindows() {
        byte[] utf16 = ("\ufeff{\"token\": \"" + TOKEN + "\"}").getBytes(StandardCharsets.UTF_16LE);
        assertThat(found(vet(Role.FRONTEND, new LayerBlob().file(HTML + "config.json", 0, 0, 0644, utf16))))
                .containsExactly("gitlab-token " + HTML + "config.json");
    }

    @Test
    void writesItsFindingsWithoutTheSecret() throws IOException {
        VetReport report = vet(
                List.of("source-map:**"),
                Optional.of(Role.FRONTEND),
                Set.of(),
                new LayerBlob().file(HTML + "config.json", "\n" + TOKEN).file(HTML + "main.js.map", "{}"));

        report.write(folder);

        String text = Files.readString(folder.resolve("vet.json"));
        assertThat(text).doesNotContain(TOKEN, TOKEN.substring(6));
        JsonNode image = new ObjectMapper().readTree(text).path("images").path(0);
        assertThat(image.path("name").asText()).isEqualTo("frontend");
        assertThat(image.path("kind").asText()).isEqualTo("frontend");
        assertThat(image.path("findings")).hasSize(2);
        JsonNode finding = image.path("findings").path(0);
        assertThat(finding.path("rule").asText()).isEqualTo("gitlab-token");
        assertThat(finding.path("severity").asText()).isEqualTo("error");
        assertThat(finding.path("path").asText()).isEqualTo("/usr/share/nginx/html/config.json");
        assertThat(finding.path("line").asInt()).isEqualTo(2);
        assertThat(finding.path("allowed").asBoolean()).isFalse();
        assertThat(finding.path("exclude").asText()).isEqualTo("config.json");
        assertThat(finding.path("allow").asText()).isEqualTo("gitlab-token:config.json");
        assertThat(finding.has("platform")).as("there is only one").isFalse();
        JsonNode sourceMap = image.path("findings").path(1);
        assertThat(sourceMap.path("allowed").asBoolean()).isTrue();
        assertThat(sourceMap.has("line")).as("the file itself is meant").isFalse();
        assertThat(image.path("notLookedAt").path("binary").asInt()).isZero();
    }

    @Test
    void annotatesTheSourceFiles() throws IOException {
        Path project = Files.createDirectories(folder.resolve("repository/shop"));
        Files.createDirectories(project.resolve("res"));
        Files.writeString(project.resolve("res/config.json"), "");
        VetReport report = vet(
                List.of("placeholder:**"),
                Optional.of(Role.FRONTEND),
                Set.of(),
                new LayerBlob()
                        .file(HTML + "config.json", "\n" + TOKEN)
                        .file(HTML + "main.js.map", "{}")
                        .file(HTML + "oConfig.json", "{\"a\": \"<b>\"}"));
        Annotations annotations = new Annotations(project, folder.resolve("repository"));

        assertThat(annotations.github(report))
                .containsExactly(
                        "::error file=shop/res/config.json,line=2,title=olympe vet%3A gitlab-token::The image 'frontend' serves"
                                + " '/config.json', which has a token of GitLab in line 2 (gitlab-token)",
                        "::warning file=usr/share/nginx/html/main.js.map,title=olympe vet%3A source-map::The image 'frontend' serves"
                                + " '/main.js.map', a source map, which shows everybody the project's sources (source-map)");

        annotations.writeGitlab(report, folder);

        String text = Files.readString(folder.resolve("vet-code-quality.json"));
        assertThat(text).doesNotContain(TOKEN);
        JsonNode issues = new ObjectMapper().readTree(text);
        assertThat(issues).hasSize(2);
        assertThat(issues.path(0).path("check_name").asText()).isEqualTo("gitlab-token");
        assertThat(issues.path(0).path("severity").asText()).isEqualTo("critical");
        assertThat(issues.path(0).path("location").path("path").asText()).isEqualTo("shop/res/config.json");
        assertThat(issues.path(0).path("location").path("lines").path("begin").asInt())
                .isEqualTo(2);
        assertThat(issues.path(0).path("fingerprint").asText()).hasSize(64);
        assertThat(issues.path(1).path("severity").asText()).isEqualTo("minor");
    }

    @Test
    void annotatesACrowdOnce() throws IOException {
        LayerBlob layer = new LayerBlob();
        for (int i = 10; i < 60; i++) {
            layer.file(HTML + "chunk" + i + ".js.map", "{}");
        }
        VetReport report = vet(Role.FRONTEND, layer);
        Annotations annotations = new Annotations(folder, folder);

        assertThat(annotations.github(report))
                .singleElement()
                .asString()
                .startsWith("::warning file=usr/share/nginx/html/chunk10.js.map,")
                .endsWith("(source-map) (and 49 more)");

        annotations.writeGitlab(report, folder);

        assertThat(new ObjectMapper()
                        .readTree(folder.resolve(Annotations.GITLAB_NAME).toFile()))
                .hasSize(1);
    }

    @Test
    void annotatesFilesWhateverTheirNames() throws IOException {
        VetReport report = vet(
                Role.FRONTEND,
                new LayerBlob()
                        .file(HTML + "a\n::error::b,c:d%\u001b[2J.js.map", "{}")
                        .file(HTML + "b\n/.env", "TOKEN=Zx9Kq2Lw8Rt5Vb1Nm4Pc"));

        assertThat(new Annotations(folder, folder).github(report))
                .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\u001b"))
                .satisfiesExactlyInAnyOrder(
                        map -> assertThat(map)
                                .startsWith("::warning file=usr/share/nginx/html/a%0A%3A %3Aerror%3A%3Ab%2Cc%3Ad%25"),
                        env -> assertThat(env).contains("(env-secret)"));
    }

    @Test
    void aNameThatNoFileOfThisMachineCanHaveIsAnnotatedToo() {
        VetReport found = vet(Role.FRONTEND, new LayerBlob().file(HTML + "a.json", TOKEN));
        Finding finding = found.findings().findFirst().orElseThrow();
        Finding strange = new Finding(finding.rule(), "frontend", "", HTML + "a\0b", "a\0b", 1, "", true, true, false);
        VetReport report = new VetReport(
                List.of(new VetReport.Image("frontend", Optional.of(Role.FRONTEND), List.of(strange), found.unread())),
                List.of());

        assertThat(new Annotations(folder, folder).github(report))
                .singleElement()
                .asString()
                .startsWith("::error file=usr/share/nginx/html/a");
    }
}

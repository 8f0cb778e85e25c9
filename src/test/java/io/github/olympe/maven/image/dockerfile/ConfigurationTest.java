package io.github.olympe.maven.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.files.TestTree;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of an image, and settings of the pom that differ from the Dockerfile. */
class ConfigurationTest {

    private static final String CONTEXT = "dist/node/main.js f 644 0:0 code\ndocker/x f 644 0:0 x\n";

    private static DockerfilePlan plan(String dockerfile, BuildSettings settings) {
        return DockerfileBuild.of(Dockerfile.parse("d", dockerfile), settings)
                .plan(TestTree.of(CONTEXT), new TestImages());
    }

    private static DockerfilePlan plan(String dockerfile) {
        return plan(dockerfile, BuildSettings.of("dist/node", "linux/arm64/v8"));
    }

    private static ObjectNode configuration(String instructions) {
        return plan("FROM base\n" + instructions.replace(" | ", "\n")).configuration();
    }

    @Test
    void whatNoInstructionChangesIsKept() {
        assertThat(configuration("")).isEqualTo(TestImages.configuration());
        assertThat(configuration("RUN touch x | COPY docker /d | ARG A=2")).isEqualTo(TestImages.configuration());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "ENV A=new B=$A ! /Env ! [\"PATH=/bin\",\"A=new\",\"B=base\"]",
                "ENV A=new | ENV B=$A ! /Env ! [\"PATH=/bin\",\"A=new\",\"B=new\"]",
                "ENV A two  words ! /Env ! [\"PATH=/bin\",\"A=two  words\"]",
                "ENV A=\"b c\" B='$A' C=d\\ e ! /Env ! [\"PATH=/bin\",\"A=b c\",\"B=$A\",\"C=d e\"]",
                "ENV PATH=$PATH:/x ! /Env ! [\"PATH=/bin:/x\",\"A=base\"]",
                "ARG A=arg | ENV B=$A ! /Env ! [\"PATH=/bin\",\"A=base\",\"B=base\"]",
                "ARG C=arg | ENV B=$C ! /Env ! [\"PATH=/bin\",\"A=base\",\"B=arg\"]",
                "ARG C | ENV B=${C-unset} ! /Env ! [\"PATH=/bin\",\"A=base\",\"B=unset\"]",
                "ENV B=${SOURCES_PATH} ! /Env ! [\"PATH=/bin\",\"A=base\",\"B=dist/node\"]",
                "ARG TARGETPLATFORM | ARG TARGETVARIANT | ENV B=$TARGETPLATFORM$TARGETVARIANT ! /Env ! [\"PATH=/bin\",\"A=base\",\"B=linux/arm64/v8v8\"]",
                "LABEL b=3 \"c d\"=e ! /Labels ! {\"a\":\"2\",\"b\":\"3\",\"c d\":\"e\"}",
                "USER a:b ! /User ! \"a:b\"",
                "WORKDIR app ! /WorkingDir ! \"/home/app\"",
                "WORKDIR /a//b/../c/ ! /WorkingDir ! \"/a/c\"",
                "WORKDIR $A ! /WorkingDir ! \"/home/base\"",
                "EXPOSE 8080 53/UDP 90-91/tcp ! /ExposedPorts ! {\"80/tcp\":{},\"8080/tcp\":{},\"53/udp\":{},\"90/tcp\":{},\"91/tcp\":{}}",
                "EXPOSE 0 65535/sctp 7-7 ! /ExposedPorts ! {\"80/tcp\":{},\"0/tcp\":{},\"65535/sctp\":{},\"7/tcp\":{}}",
                "ENV P=\"1 2\" | EXPOSE $P ! /ExposedPorts ! {\"80/tcp\":{},\"1/tcp\":{},\"2/tcp\":{}}",
                "VOLUME /w $A ! /Volumes ! {\"/v\":{},\"/w\":{},\"base\":{}}",
                "VOLUME [\"/a b\"] ! /Volumes ! {\"/v\":{},\"/a b\":{}}",
                "ENTRYPOINT [\"a\", \"$A\"] ! /Entrypoint ! [\"a\",\"$A\"]",
                "ENTRYPOINT a $A ! /Entrypoint ! [\"/bin/sh\",\"-c\",\"a $A\"]",
                "ENTRYPOINT [\"a\"] ! /Cmd ! missing",
                "CMD b | ENTRYPOINT [\"a\"] ! /Cmd ! [\"/bin/sh\",\"-c\",\"b\"]",
                "SHELL [\"/bin/bash\", \"-ec\"] | CMD b ! /Cmd ! [\"/bin/bash\",\"-ec\",\"b\"]",
                "SHELL [\"/bin/bash\", \"-ec\"] ! /Shell ! [\"/bin/bash\",\"-ec\"]",
                "CMD [] ! /Cmd ! []",
                "STOPSIGNAL sigquit ! /StopSignal ! \"sigquit\"",
                "STOPSIGNAL RTMIN+3 ! /StopSignal ! \"RTMIN+3\"",
                "STOPSIGNAL 1 ! /StopSignal ! \"1\"",
                "STOPSIGNAL 64 ! /StopSignal ! \"64\"",
                "STOPSIGNAL SIGRTMAX-14 ! /StopSignal ! \"SIGRTMAX-14\"",
                "STOPSIGNAL SIGRTMIN ! /StopSignal ! \"SIGRTMIN\"",
                "HEALTHCHECK --interval=5s --retries=2 CMD a ! /Healthcheck ! {\"Test\":[\"CMD-SHELL\",\"a\"],\"Interval\":5000000000,\"Retries\":2}",
                "HEALTHCHECK NONE ! /Healthcheck ! {\"Test\":[\"NONE\"]}",
                "ONBUILD RUN npm ci | ONBUILD USER x ! /OnBuild ! [\"RUN npm ci\",\"USER x\"]",
            })
    void instructions(String instructions, String pointer, String expected) {
        JsonNode value = configuration(instructions).at("/config" + pointer);
        assertThat(value.isMissingNode() ? "missing" : value.toString()).isEqualTo(expected);
    }

    @Test
    void maintainer() {
        assertThat(configuration("MAINTAINER A <b@c>").path("author").asText()).isEqualTo("A <b@c>");
    }

    @Test
    void scratchHasAnEmptyConfiguration() {
        DockerfilePlan plan = plan("FROM scratch\nCOPY docker /\n");

        assertThat(plan.base()).isEmpty();
        assertThat(plan.configuration().toString())
                .isEqualTo(
                        "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\",\"config\":{\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"]}}");
        assertThat(TestTree.describe(plan.changes())).containsExactly("x f 644 0:0 x");
    }

    @Test
    void theHistoryListsChangesOfTheConfiguration() {
        assertThat(plan("FROM base\nENV a=b \\\n  c=d\nRUN touch x\nCOPY docker /d\nUSER 1\n")
                        .history())
                .containsExactly("ENV a=b   c=d", "USER 1");
    }

    @Test
    void anotherPlatformHasOtherArguments() {
        String dockerfile =
                "FROM base\nARG TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT\nARG BUILDPLATFORM BUILDOS BUILDARCH BUILDVARIANT\nENV A=1 T=$TARGETPLATFORM-$TARGETOS-$TARGETARCH-$TARGETVARIANT B=$BUILDPLATFORM-$BUILDOS-$BUILDARCH-$BUILDVARIANT\n";
        BuildSettings arm = BuildSettings.of("dist/node", "linux/arm64/v8");

        assertThat(plan(dockerfile, arm).configuration().at("/config/Env").toString())
                .isEqualTo(
                        "[\"PATH=/bin\",\"A=1\",\"T=linux/arm64/v8-linux-arm64-v8\",\"B=linux/arm64/v8-linux-arm64-v8\"]");
        assertThat(plan(dockerfile, arm.withPlatform("windows/amd64"))
                        .configuration()
                        .at("/config/Env")
                        .toString())
                .isEqualTo(
                        "[\"PATH=/bin\",\"A=1\",\"T=windows/amd64-windows-amd64-\",\"B=windows/amd64-windows-amd64-\"]");
    }

    private static BuildSettings settings(
            Map<String, String> arguments, String baseImage, String target, String owner) {
        return new BuildSettings(
                "dist/node",
                arguments,
                Optional.ofNullable(baseImage),
                Optional.ofNullable(target),
                Optional.ofNullable(owner),
                Optional.empty(),
                List.of(),
                "linux/amd64");
    }

    @Test
    void buildArgumentsReplaceDefaults() {
        BuildSettings settings = settings(Map.of("V", "base", "W", "w", "NO", "x"), null, null, null);
        DockerfilePlan plan = plan("ARG V=other\nFROM $V\nARG W=default\nENV E=$W\nARG V\nENV F=$V\n", settings);

        assertThat(plan.configuration().at("/config/Env").toString()).contains("\"E=w\",\"F=base\"");
        assertThat(plan.notes()).containsExactly("d: no ARG declares 'NO' of 'buildArgs'");
    }

    @Test
    void anArgumentDoesNotSeeTheOthersOfItsInstruction() {
        DockerfilePlan plan = plan(
                "ARG A=1 B=$A\nFROM base\nARG B\nARG C=2 D=$C.\nENV E=$B-$D\n", settings(Map.of(), null, null, null));

        assertThat(plan.configuration().at("/config/Env").toString()).contains("\"E=1-.\"");
    }

    @Test
    void thePomReplacesImageTargetAndOwner() {
        BuildSettings settings = settings(Map.of(), "base", "/srv/app", "5:6");
        DockerfilePlan plan = plan("FROM no AS a\nFROM a\nCOPY docker /d\nCOPY --chown=1 dist/node /app\n", settings);

        assertThat(TestTree.describe(plan.changes()))
                .containsExactly(
                        "d d 755 0:0",
                        "d/x f 644 0:0 x",
                        "srv d 755 5:6",
                        "srv/app d 755 5:6",
                        "srv/app/main.js f 644 5:6 code");
        assertThat(plan.notes())
                .containsExactly(
                        "d:2: 'baseImage' of the pom, 'base', replaces 'a'",
                        "d:1: the stage 'a' is left out, since the image does not need it",
                        "d:4: 'target' of the pom, '/srv/app', replaces '/app'",
                        "d:4: 'owner' of the pom, '5:6', replaces '1'");
    }

    @Test
    void thePomsBaseImageMayReplaceAVariableWithoutAValue() {
        DockerfilePlan plan = plan("ARG BASE\nFROM ${BASE}\nCOPY docker /d\n", settings(Map.of(), "base", null, null));

        assertThat(plan.base().map(BaseRequest::reference)).contains("base");
        assertThat(plan.notes()).containsExactly("d:2: 'baseImage' of the pom, 'base', replaces '${BASE}'");
    }

    @Test
    void aCopiedFileGoesIntoThePomsTarget() {
        DockerfilePlan plan =
                plan("FROM base\nCOPY dist/node/main.js /app/start.js\n", settings(Map.of(), null, "/srv", null));

        assertThat(TestTree.describe(plan.changes())).containsExactly("srv d 755 0:0", "srv/main.js f 644 0:0 code");
    }

    @Test
    void theTargetHasThePomsMode() {
        BuildSettings settings = new BuildSettings(
                "dist/node",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0770),
                List.of(),
                "linux/amd64");

        assertThat(TestTree.describe(plan("FROM base\nCOPY dist/node /root/patches\n", settings)
                        .changes()))
                .containsExactly("root/patches d 770 0:0", "root/patches/main.js f 644 0:0 code");
    }

    @Test
    void aModeAndFiltersOfThePomMustApplyToSomething() {
        BuildSettings settings = new BuildSettings(
                "dist/node",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0770),
                List.of("includes"),
                "linux/amd64");

        assertThatThrownBy(() -> plan("FROM base\nCOPY docker /d\n", settings))
                .hasMessageStartingWith("The pom sets 'includes', 'targetMode', but 'd' has no COPY from 'dist/node'");
    }

    @Test
    void settingsOfThePomMustApplyToSomething() {
        assertThatThrownBy(() -> plan("FROM base\nCOPY docker /d\n", settings(Map.of(), null, "/srv", "1")))
                .hasMessage(
                        "The pom sets 'target', 'owner', but 'd' has no COPY from 'dist/node' that this could apply to; remove it from the pom, or write it into the Dockerfile.");
    }
}

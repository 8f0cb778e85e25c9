package io.github.olympe.maven.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.CopyRecord;
import io.github.olympe.maven.image.dockerfile.files.TestTree;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of an image and their owners. */
class DockerfileBuildTest {

    private static final TestImages IMAGES = new TestImages();

    private static final String CONTEXT = """
            dist/web/index.html f 644 0:0 page
            dist/web/js d 700 0:0
            dist/web/js/main.js f 6755 0:0 code
            dist/web/old f 644 0:0 folder before
            docker/nginx.conf f 640 0:0 conf
            docker/start.sh f 755 0:0 start
            linked l 0:0 dist/web
            alias l 0:0 docker/nginx.conf
            outside l 0:0 /docker/nginx.conf
            dangling l 0:0 nowhere
            odd/s*r f 644 0:0 star
            odd/socket o 644 0:0
            """;

    private static DockerfilePlan plan(String dockerfile) {
        return plan(dockerfile, BuildSettings.of("dist/web", "linux/amd64"));
    }

    private static DockerfilePlan plan(String dockerfile, BuildSettings settings) {
        return DockerfileBuild.of(Dockerfile.parse("docker/x.Dockerfile", dockerfile), settings)
                .plan(TestTree.of(CONTEXT), IMAGES);
    }

    private static List<String> changes(String dockerfile) {
        return TestTree.describe(plan("FROM base\n" + dockerfile).changes());
    }

    @Test
    void theDocumentedDockerfiles() {
        assertThat(changes("COPY --chown=nginx:root $SOURCES_PATH /usr/share/nginx/html"))
                .containsExactly(
                        "usr/share/nginx/html/index.html f 644 101:0 page",
                        "usr/share/nginx/html/js d 700 101:0",
                        "usr/share/nginx/html/js/main.js f 755 101:0 code",
                        "usr/share/nginx/html/old f 644 101:0 folder before");
        assertThat(
                        changes(
                                "COPY --chown=1000:1000 $SOURCES_PATH /root/patches\nRUN chmod 775 ~/patches\nRUN chown -R 1000:1000 ~/patches"))
                .containsExactly(
                        "root/patches d 775 1000:1000",
                        "root/patches/index.html f 644 1000:1000 page",
                        "root/patches/js d 700 1000:1000",
                        "root/patches/js/main.js f 755 1000:1000 code",
                        "root/patches/old f 644 1000:1000 folder before",
                        "root/patches/own f 600 1000:1000 own");
    }

    /** Layers that do not matter are not opened: copying into a folder does not look up its content. */
    @Test
    void looksUpOnlyWhatItNeedsInTheBaseImage() {
        TestTree base = TestImages.tree();
        DockerfileBuild.of(
                        Dockerfile.parse("x", "FROM base\nCOPY dist/web /usr/share/nginx/html\n"),
                        BuildSettings.of("dist/web", "linux/amd64"))
                .plan(TestTree.of(CONTEXT), request -> new BaseContents(TestImages.configuration(), base));

        assertThat(base.asked()).containsOnly("usr", "usr/share", "usr/share/nginx", "usr/share/nginx/html");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                // Targets
                "COPY docker/nginx.conf /etc/nginx/nginx.conf ! etc/nginx/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf /etc/nginx ! etc/nginx/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf /etc/nginx/ ! etc/nginx/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf /new ! new f 640 0:0 conf",
                "COPY --chown=nginx docker/nginx.conf /new/deep/ ! new d 755 101:4343; new/deep d 755 101:4343; new/deep/nginx.conf f 640 101:4343 conf",
                "COPY --chown=55 docker/nginx.conf /new/f ! new d 755 55:55; new/f f 640 55:55 conf",
                "COPY --chown=55:nginx docker/nginx.conf /f ! f f 640 55:4343 conf",
                "COPY --chown=:nginx docker/nginx.conf /new/f ! new d 755 0:4343; new/f f 640 0:4343 conf",
                "COPY --chown=:7 docker/nginx.conf /f ! f f 640 0:7 conf",
                "COPY --chown=nginx: docker/nginx.conf /f ! f f 640 101:4343 conf",
                "COPY --chown=55: docker/nginx.conf /f ! f f 640 55:55 conf",
                "COPY --chown=$NO:nginx docker/nginx.conf /f ! f f 640 0:4343 conf",
                "COPY docker/nginx.conf . ! home/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf ./ ! home/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf x ! home/x f 640 0:0 conf",
                "COPY docker/nginx.conf ../x ! x f 640 0:0 conf",
                "COPY docker /new ! new d 755 0:0; new/nginx.conf f 640 0:0 conf; new/start.sh f 755 0:0 start",
                "COPY docker /etc/nginx ! etc/nginx/nginx.conf f 640 0:0 conf; etc/nginx/start.sh f 755 0:0 start",
                "COPY docker/nginx.conf /web/x ! usr/share/nginx/html/x f 640 0:0 conf",
                "COPY docker/nginx.conf /web ! usr/share/nginx/html/nginx.conf f 640 0:0 conf",
                "COPY docker/nginx.conf /etc/link ! etc/link f 640 0:0 conf",
                "COPY docker/nginx.conf /web/../x ! x f 640 0:0 conf",
                "COPY docker/nginx.conf /web/../x/ ! x d 755 0:0; x/nginx.conf f 640 0:0 conf",
                "WORKDIR /etc RUN ln -s /usr/share l COPY docker/nginx.conf l/../x ! etc/l l 0:0 /usr/share; etc/x f 640 0:0 conf",
                // Sources
                "COPY docker/* /new/ ! new d 755 0:0; new/nginx.conf f 640 0:0 conf; new/start.sh f 755 0:0 start",
                "COPY docker/*.conf /new ! new f 640 0:0 conf",
                "COPY docker/nginx.conf package-lock.json* /new/ ! new d 755 0:0; new/nginx.conf f 640 0:0 conf",
                "COPY d*/n?inx.[a-d]onf /new ! new f 640 0:0 conf",
                "COPY docker/nginx.conf docker/start.sh /new/ ! new d 755 0:0; new/nginx.conf f 640 0:0 conf; new/start.sh f 755 0:0 start",
                "COPY docker/nginx.conf docker/start.sh /etc/nginx ! etc/nginx/nginx.conf f 640 0:0 conf; etc/nginx/start.sh f 755 0:0 start",
                "COPY [\"docker/nginx.conf\", \"/a b\"] ! a b f 640 0:0 conf",
                "COPY ./docker/../docker/nginx.conf /f ! f f 640 0:0 conf",
                "COPY /docker/nginx.conf /f ! f f 640 0:0 conf",
                "COPY alias /f/ ! f d 755 0:0; f/alias f 640 0:0 conf",
                "COPY outside /f ! f f 640 0:0 conf",
                "COPY linked/js /f ! f d 755 0:0; f/main.js f 755 0:0 code",
                "COPY odd/s[*]r /f ! f f 644 0:0 star",
                "ADD docker/nginx.conf /f ! f f 640 0:0 conf",
                // Modes
                "COPY --chmod=4755 docker/nginx.conf /f ! f f 4755 0:0 conf",
                "COPY --chmod=640 dist/web/js /f ! f d 755 0:0; f/main.js f 640 0:0 code",
                "COPY --chmod=600 dist /f ! f d 755 0:0; f/web d 600 0:0; f/web/index.html f 600 0:0 page; f/web/js d 600 0:0; f/web/js/main.js f 600 0:0 code; f/web/old f 600 0:0 folder before",
                "COPY --chmod=u+x,go= docker/nginx.conf /f ! f f 700 0:0 conf",
                "COPY --chmod=$NO docker/nginx.conf /f ! f f 640 0:0 conf",
                "COPY --link docker/nginx.conf /etc/link ! etc/link f 640 0:0 conf",
                "COPY --link --chown=7 docker/nginx.conf /f ! f f 640 7:7 conf",
                // What is in the way is replaced
                "COPY dist/web /web ! usr/share/nginx/html/index.html f 644 0:0 page; usr/share/nginx/html/js d 700 0:0; usr/share/nginx/html/js/main.js f 755 0:0 code; usr/share/nginx/html/old f 644 0:0 folder before",
                "RUN touch /web/js COPY dist/web /web ! usr/share/nginx/html/index.html f 644 0:0 page; usr/share/nginx/html/js d 700 0:0; usr/share/nginx/html/js/main.js f 755 0:0 code; usr/share/nginx/html/old f 644 0:0 folder before",
                // Folders and users
                "WORKDIR /a/b WORKDIR c COPY docker/nginx.conf . ! a d 755 0:0; a/b d 755 0:0; a/b/c d 755 0:0; a/b/c/nginx.conf f 640 0:0 conf",
                "USER nginx WORKDIR a ! home/a d 755 101:4343",
                "USER 1234 WORKDIR a RUN touch x ! home/a d 755 1234:1234; home/a/x f 644 1234:0 ",
                "USER nginx: WORKDIR a RUN touch x ! home/a d 755 101:4343; home/a/x f 644 101:4343 ",
                "USER 1234: WORKDIR a RUN touch x ! home/a d 755 1234:1234; home/a/x f 644 1234:0 ",
                "USER :nginx WORKDIR a RUN touch x ! home/a d 755 0:4343; home/a/x f 644 0:4343 ",
                "USER nginx:0 WORKDIR a RUN touch x ! home/a d 755 101:0; home/a/x f 644 101:0 ",
                // Variables
                "ARG a=docker ENV b=$a/nginx.conf COPY $b ${c:-/f} ! f f 640 0:0 conf",
                "ARG F ARG F2=/f COPY docker/nginx.conf ${F:-$F2} ! f f 640 0:0 conf",
                "ENV D=/etc RUN touch $D/x ! etc/x f 644 0:0 ",
                "ARG D=/etc RUN touch $D/x $UNSET ! etc/x f 644 0:0 ",
                "ENV HOME=/etc RUN touch ~/x ! etc/x f 644 0:0 ",
                "ARG TARGETARCH RUN touch /$TARGETARCH ! amd64 f 644 0:0 ",
                "RUN touch /x$TARGETARCH ! x f 644 0:0 ",
                "ARG SOURCES_PATH=docker COPY $SOURCES_PATH/js /f ! f d 755 0:0; f/main.js f 755 0:0 code",
                // RUN
                "RUN [\"touch\", \"/a b\"] ! a b f 644 0:0 ",
                "SHELL [\"/bin/bash\", \"-e\", \"-o\", \"pipefail\", \"-c\"] RUN touch /f ! f f 644 0:0 ",
                "RUN rm -rf /root/* && mv /etc/nginx /n ! - etc/nginx; n d 755 0:0; n/nginx.conf f 644 0:0 old conf; - root/patches",
                "RUN rm -rf /root COPY docker /root ! root d 755 0:0; root/nginx.conf f 640 0:0 conf; - root/patches; root/start.sh f 755 0:0 start",
                "COPY docker /x RUN rm -r /x ! ",
                "COPY docker /x RUN mv /x/nginx.conf /y && rm -r /x ! y f 640 0:0 conf",
            })
    void files(String instructions, String changes) {
        String dockerfile = instructions.replaceAll(" (?=(?:RUN|COPY|WORKDIR|ENV|ARG) )", "\n");
        String expected = changes == null ? "" : changes;
        assertThat(String.join("; ", changes(dockerfile)).strip()).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "COPY no /x ! there is no 'no' in the project's folder, or .dockerignore leaves it out",
                "COPY no* /x ! there is no 'no*' in the project's folder",
                "COPY no* docker/*.none /x/ ! there is no 'no* docker/*.none' in the project's folder",
                "COPY docker/nginx.conf no* /x ! it copies several files, so the target is a folder; write '/x/'",
                "COPY dangling /x ! there is no 'dangling'",
                "COPY d* /x/ ! 'd*' matches the link 'dangling', and there is no 'nowhere' that it leads to; remove the link",
                "COPY ../x /x ! '../x' is not in the project's folder",
                "COPY docker/../../x /x ! is not in the project's folder",
                "COPY ./../x /x ! './../x' is not in the project's folder",
                "COPY /../x /x ! '/../x' is not in the project's folder",
                "COPY docker//../../x /x ! 'docker//../../x' is not in the project's folder",
                "COPY [a /x ! '[a' is not a pattern",
                "COPY https://example.com/x /x ! is not a file; copy one of the project",
                "COPY docker /etc/nginx/nginx.conf ! '/etc/nginx/nginx.conf' is not a folder",
                "COPY docker/nginx.conf /etc/nginx/nginx.conf/ ! is not a folder",
                "COPY docker/nginx.conf /etc/nginx/nginx.conf/x ! is not a folder",
                "COPY docker/nginx.conf docker/start.sh /f ! it copies several files, so the target is a folder; write '/f/'",
                "COPY docker/* /f ! it copies several files",
                "COPY odd /x ! a device, pipe or socket cannot be copied",
                "COPY --chown=nobody docker /x ! the image has no user 'nobody' in its /etc/passwd; use a number, or one of those it has: root, nginx",
                "COPY --chown=: docker /x ! ':' names neither a user nor a group; write user, user:group or :group, with names or numbers",
                "COPY --chown=:no docker /x ! the image has no group 'no' in its /etc/group; use a number, or one of those it has",
                "COPY --chown=nginx:no docker /x ! the image has no group 'no' in its /etc/group",
                "COPY --chown=1:2:3 docker /x ! the image has no group '2:3' in its /etc/group",
                "COPY --chown=-1 docker /x ! the image has no user '-1' in its /etc/passwd",
                "COPY --chown=4294967295 docker /x ! '4294967295' is too large",
                "COPY --chmod=888 docker /x ! '888' is not a mode",
                "COPY --from=no docker /x ! no image 'no'",
                "COPY --from=0 docker /x ! there is no stage 0 before this one",
                "COPY --from=$x docker /x ! '--from' takes no variables",
                "RUN rm /no ! there is no '/no' in the image",
                "USER $x ! it is empty when its variables are replaced",
                "EXPOSE http ! 'http' is not a port",
                "EXPOSE 80-70 ! '80-70' is not a port",
                "EXPOSE 80:80 ! '80:80' is not a port",
                "EXPOSE 65536 ! '65536' is not a port",
                "STOPSIGNAL SIGNO ! 'SIGNO' is not a signal",
                "STOPSIGNAL 0 ! '0' is not a signal",
                "STOPSIGNAL -9 ! '-9' is not a signal",
                "STOPSIGNAL 009 ! '009' is not a signal",
                "STOPSIGNAL RTMIN+16 ! 'RTMIN+16' is not a signal",
                "STOPSIGNAL RTMAX-15 ! 'RTMAX-15' is not a signal",
                "STOPSIGNAL 65 ! '65' is not a signal",
            })
    void fails(String instruction, String said) {
        assertThatThrownBy(() -> changes(instruction))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        said.startsWith("no image") ? "no image" : "docker/x.Dockerfile:2: '" + instruction + "': ")
                .hasMessageContaining(said)
                .hasMessageNotContaining("cannot follow");
    }

    /** What a variable makes of an instruction is known only when it is followed. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "COPY $URL /x ! 'https://example.com/x' is not a file; copy one of the project",
                "COPY $UP/x /x ! '../x' is not in the project's folder, which is all that can be copied",
                "COPY --chmod=$WORD docker /x ! 'word' is not a mode; write octal digits such as 755, or letters such as u+x",
                "STOPSIGNAL $WORD ! 'word' is not a signal; write one such as SIGTERM or 15",
                "EXPOSE $WORD ! 'word' is not a port; write one such as 80, 53/udp or 8000-8010",
            })
    void failsWhenItsVariablesAreKnown(String instruction, String said) {
        String text = "FROM base\nARG URL=https://example.com/x UP=.. WORD=word\n" + instruction;
        DockerfileBuild build =
                DockerfileBuild.of(Dockerfile.parse("x", text), BuildSettings.of("dist/web", "linux/amd64"));

        assertThatThrownBy(() -> build.plan(TestTree.of(CONTEXT), IMAGES))
                .isInstanceOf(OlympeException.class)
                .hasMessage("x:3: '" + instruction + "': " + said + ".");
    }

    /** Users of {@code RUN}, each with what it may do. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "RUN touch ~/x ! x f 644 0:0",
                "USER root|RUN touch ~/x ! x f 644 0:9",
                "USER app|RUN touch ~/x ! srv/x f 644 5:6",
                "USER app|RUN touch /team/x ! team/x f 644 5:6",
                "USER 5|RUN touch /team/x ! team/x f 644 5:6",
                "USER 5:60|RUN touch /team/x ! the user 5 may not write into the folder of '/team/x'",
                "USER app:50|RUN touch /team/x ! team/x f 644 5:50",
                "USER other|RUN touch /team/x ! the user 7 may not write into the folder of '/team/x'",
                "USER other|RUN touch ~/x ! x f 644 7:8",
                "USER other|RUN mkdir ~ ! '/' already exists",
                "USER 99|RUN touch ~/x ! x f 644 99:0",
                "USER no|RUN touch ~/x ! the image has no user 'no' in its /etc/passwd",
            })
    void runsAsAUser(String instructions, String result) {
        TestTree base = TestTree.of("""
                etc/passwd f 644 0:0 root:x:0:9::|app:x:5:6::/srv|other:x:7:8::|
                etc/group f 644 0:0 team:x:50:app|
                srv d 755 5:6
                team d 775 0:50
                """);
        DockerfileBuild build = DockerfileBuild.of(
                Dockerfile.parse("x", "FROM any\nRUN chmod 777 /\n" + instructions.replace('|', '\n')),
                BuildSettings.of("dist/web", "linux/amd64"));
        String described;
        try {
            described = String.join(
                    "; ",
                    TestTree.describe(
                            build.plan(TestTree.of(""), request -> new BaseContents(TestImages.json("{}"), base))
                                    .changes()));
        } catch (OlympeException e) {
            described = e.getMessage();
        }

        assertThat(described).contains(result);
    }

    @Test
    void rootHasAHomeThoughTheUsersCannotBeRead() {
        DockerfileBuild build = DockerfileBuild.of(
                Dockerfile.parse("x", "FROM any\nRUN touch ~ ~/f\n"), BuildSettings.of("dist/web", "linux/amd64"));
        TestTree circle = TestTree.of("etc/passwd l 0:0 passwd");

        assertThat(TestTree.describe(
                        build.plan(TestTree.of(""), request -> new BaseContents(TestImages.json("{}"), circle))
                                .changes()))
                .containsExactly("f f 644 0:0 ");
    }

    @Test
    void theShellOfTheBaseImageCounts() {
        DockerfileBuild build = DockerfileBuild.of(
                Dockerfile.parse("x", "FROM any\nRUN touch /f\n"), BuildSettings.of("dist/web", "linux/amd64"));

        assertThatThrownBy(() -> build.plan(
                        TestTree.of(""),
                        request -> new BaseContents(
                                TestImages.json("{\"config\": {\"Shell\": [\"pwsh\", \"-c\"]}}"), TestTree.of(""))))
                .hasMessageStartingWith(
                        "x:2: 'RUN touch /f': the plugin cannot follow this instruction, since its shell is 'pwsh -c'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            value = {
                "dist/web ! COPY $SOURCES_PATH /x ! true",
                "dist/web ! COPY dist/web /x ! true",
                "dist/web ! COPY ./dist/web/ /x ! true",
                "dist\\web ! COPY dist/web/js /x ! true",
                "dist/web ! ADD dist/web/js /x ! true",
                "dist/web ! COPY docker dist/web/js /x/ ! true",
                "dist/web ! COPY dist/webs /x ! false",
                "dist/web ! COPY dist /x ! false",
                "dist/web ! COPY docker /x ! false",
                "dist/web ! COPY --from=base dist/web /x ! false",
                "dist/web ! RUN touch dist/web ! false",
                ". ! COPY docker /x ! true",
            })
    void knowsWhetherItCopiesTheBuildsResult(String source, String instruction, boolean copies) {
        DockerfileBuild build = DockerfileBuild.of(
                Dockerfile.parse("x", "FROM base AS unused\nCOPY dist/web /x\nFROM base\n" + instruction),
                BuildSettings.of(source, "linux/amd64"));

        assertThat(build.copiesSource()).isEqualTo(copies);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "COPY --link fake.gz /web/x ! '/web' is a link in the image, which --link does not follow",
                "COPY --link fake.gz /web ! '/web' is a link in the image, which --link does not follow",
                "RUN ln -s nowhere /l|COPY fake.gz /l ! '/l' is a link to nothing in the image",
                "RUN ln -s nowhere /l|COPY fake.gz /l/ ! '/l/' is a link to nothing in the image",
                "RUN ln -s nowhere /l|COPY . /l ! '/l' is a link to nothing in the image",
                "RUN ln -s nowhere /l|COPY --link . /l ! '/l' is a link in the image, which --link does not follow",
                "ARG U=https://example.com/x|ADD $U /x ! 'https://example.com/x' is not a file of the project",
                "RUN npm ci ! 'npm' is not one of the commands that it can compute without running them (chgrp, chmod, chown, cp",
                "RUN npm run build && true ! delete a stage that only builds the project, and write 'COPY $SOURCES_PATH …'",
                "ADD https://example.com/x /x ! 'https://example.com/x' is not a file of the project",
                "ADD git@github.com:a/b.git /x ! is not a file of the project",
                "ADD app.tar /x ! ADD would unpack 'app.tar'",
                "ADD app.tar.gz /x ! ADD would unpack",
                "ADD app.xz /x ! ADD would unpack",
                "SHELL [\"/bin/sh\", \"-euc\"]|RUN touch x ! its shell is '/bin/sh -euc'",
                "SHELL [\"pwsh\", \"-c\"]|RUN touch x ! its shell is 'pwsh -c'",
            })
    void isNotSupported(String instructions, String said) {
        String text = "FROM base\n" + instructions.replace('|', '\n');
        assertThatThrownBy(() -> DockerfileBuild.of(
                                Dockerfile.parse("docker/x.Dockerfile", text), BuildSettings.of("dist", "linux/amd64"))
                        .plan(TestImages.archives(), IMAGES))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("docker/x.Dockerfile:" + text.lines().count() + ": '")
                .hasMessageContaining("the plugin cannot follow this instruction, since ")
                .hasMessageContaining(said)
                .hasMessageContaining("<dockerfile>none</dockerfile>");
    }

    @Test
    @Tag("cost")
    @Timeout(60)
    void foldersMayBeDeepButNotWithoutEnd() {
        assertThat(changes("WORKDIR a\n".repeat(400))).hasSize(400);
        for (String endless : List.of("WORKDIR a\n".repeat(100_000), "RUN mkdir -p " + "a/".repeat(60_000))) {
            assertThatThrownBy(() -> changes(endless))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("': the path '/home/a/a/")
                    .hasMessageContaining("' leads through more than 500 folders; shorten it.");
        }
    }

    @Test
    void aFileThatOnlyLooksLikeAnArchiveIsAdded() {
        assertThat(TestTree.describe(DockerfileBuild.of(
                                Dockerfile.parse("x", "FROM base\nADD fake.gz /f\n"),
                                BuildSettings.of("dist", "linux/amd64"))
                        .plan(TestImages.archives(), IMAGES)
                        .changes()))
                .hasSize(1);
    }

    @Test
    void stagesCanBeCopiedFromAndBuiltOn() {
        DockerfilePlan plan = plan("""
                ARG IMAGE=base
                FROM $IMAGE AS First
                ARG A=a
                COPY --chown=7:8 docker /built
                RUN chmod 6711 /built/start.sh && rm /etc/nginx/nginx.conf
                FROM scratch AS unused
                COPY no /x
                FROM other AS third
                COPY --from=first /built/* /from/
                COPY --from=0 --chown=9 --chmod=600 built/nginx.conf /n
                COPY --from=base /etc/passwd /p
                FROM third
                ENV FROM_PARENT=$A
                RUN rm /from/nginx.conf
                """);

        assertThat(TestTree.describe(plan.changes()))
                .containsExactly(
                        "from d 755 0:0",
                        "from/start.sh f 6711 7:8 start",
                        "n f 600 9:9 conf",
                        "p f 644 0:0 root:x:0:0:root:/root:/bin/sh|nginx:x:101:4343::/none:/bin/sh|");
        assertThat(plan.base().map(BaseRequest::reference)).contains("other");
        assertThat(plan.notes())
                .containsExactly(
                        "docker/x.Dockerfile:6: the stage 'unused' is left out, since the image does not need it");
    }

    @Test
    void argumentsOfAStageApplyInStagesBuiltOnIt() {
        DockerfilePlan plan = plan("ARG G=g\nFROM base AS a\nARG B=1\nARG G\nFROM a\nENV V=$B$G\n");

        assertThat(plan.configuration().at("/config/Env").toString()).contains("\"V=1g\"");
    }

    @Test
    void theBaseImageIsThatOfTheFirstStageOfSeveral() {
        Dockerfile read = Dockerfile.parse("x", "FROM base AS a\nFROM a AS b\nFROM other AS c\nFROM b\n");

        assertThat(DockerfileBuild.of(read, BuildSettings.of("dist", "linux/amd64"))
                        .base()
                        .map(BaseRequest::reference))
                .contains("base");
    }

    @Test
    void listsTheImagesThatItNames() {
        Dockerfile read = Dockerfile.parse(
                "x",
                "ARG P=linux/arm64\nFROM --platform=$P a AS b\nFROM c AS unused\nFROM b\nCOPY --from=d e f\nCOPY --from=b g h\n");

        assertThat(DockerfileBuild.of(read, BuildSettings.of("dist", "linux/amd64"))
                        .images())
                .extracting(request ->
                        request.reference() + " " + request.platform().orElse("any") + " "
                                + request.place().line())
                .containsExactly("a linux/arm64 2", "d any 5");
    }

    @Test
    void recordsItsCopies() {
        DockerfilePlan plan = plan(
                "FROM base\nCOPY $SOURCES_PATH web\nCOPY --chmod=600 --chown=nginx docker/nginx.conf docker/start.sh /etc/nginx/\nRUN chown -R 1 web\n");

        assertThat(plan("FROM base\nCOPY --from=base /etc/passwd /p\nADD --chown=7 docker/nginx.conf /d\n")
                        .copies())
                .extracting(CopyRecord::instruction)
                .containsExactly("COPY --from=base", "ADD --chown=7");
        assertThat(plan.copies())
                .containsExactly(
                        new CopyRecord(1, "COPY --chown=0:0", "dist/web", "web", "/home/web", true),
                        new CopyRecord(
                                2,
                                "COPY --chown=nginx --chmod=600",
                                "docker/nginx.conf docker/start.sh",
                                "/etc/nginx/",
                                "/etc/nginx",
                                false));
        assertThat(plan.changes().changed())
                .extracting(change -> change.path() + " " + change.node().copy())
                .containsExactly(
                        "etc/nginx/nginx.conf 2",
                        "etc/nginx/start.sh 2",
                        "home/web 0",
                        "home/web/index.html 1",
                        "home/web/js 1",
                        "home/web/js/main.js 1",
                        "home/web/old 1");
    }

    @Test
    void triggersOfTheBaseImageRunFirst() {
        DockerfilePlan plan = plan("FROM triggering\nCOPY docker/nginx.conf /web/last\n");

        assertThat(TestTree.describe(plan.changes()))
                .containsExactly(
                        "triggered d 755 0:0",
                        "triggered/nginx.conf f 600 0:0 conf",
                        "web d 755 0:0",
                        "web/last f 640 0:0 conf");
        assertThat(plan.configuration().at("/config").has("OnBuild")).isFalse();
        assertThatThrownBy(() -> plan("# a\nFROM failing\n"))
                .hasMessageStartingWith("docker/x.Dockerfile:2: 'ONBUILD RUN npm ci': the plugin cannot follow");
    }
}

package io.github.olympe.maven.image.dockerfile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import io.github.olympe.maven.image.dockerfile.files.TestTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    private static final String TREE = """
            a d 755 0:0
            a/f f 644 0:0 one
            a/g f 600 7:8 two
            a/.h f 644 0:0 hidden
            a/sub d 700 7:8
            a/sub/x f 4755 0:0 x
            a/l l 0:0 f
            a/dl l 0:0 sub
            a/out l 0:0 /b
            b d 2775 3:4
            b/f f 644 0:0 other
            empty d 755 0:0
            home d 755 5:6
            home/own f 640 5:6 own
            drop d 1777 5:6
            drop/root f 644 0:0 r
            drop/theirs d 755 0:0
            drop/theirs/f f 644 0:0 t
            drop/keep d 755 5:6
            drop/keep/theirs d 755 0:0
            drop/keep/theirs/f f 644 0:0 t
            team d 775 0:50
            team/f f 644 0:0 m
            tmp d 1777 0:0
            tmp/root f 666 0:0 r
            tmp/ids f 6755 0:0 i
            tmp/staff f 040 0:50 s
            tmp/mine f 6710 5:50 m
            tmp/locked f 040 5:50 k
            etc/passwd f 644 0:0 root:x:0:0:root:/root:/bin/sh|user:x:5:6::/home:/bin/sh
            etc/group f 644 0:0 root:x:0:|staff:x:50:user
            """;

    private static final User ROOT = new User(0, 0, Set.of(0L));
    private static final User USER = new User(5, 6, Set.of(6L, 50L));
    private static final Map<String, String> VARIABLES = Map.of(
            "HOME",
            "/home",
            "X",
            "/a/f",
            "TWO",
            "/a/f /a/g",
            "EMPTY",
            "",
            "STAR",
            "/a/*",
            "LINES",
            "\n/a/f\t/a/g\n",
            "ESCAPED",
            "/a/\\f*",
            "aA_zZ09",
            "f",
            "GLOBS",
            "/a/f /a/[g]");

    /** Returns a script in which variables without a value are nested. */
    private static String nested(int depth) {
        return "touch " + "${NO:-".repeat(depth) + "n" + "}".repeat(depth);
    }

    private static List<String> changes(User user, String script) throws Exception {
        TestTree tree = TestTree.of(TREE);
        StageFiles files = StageFiles.of(tree);
        Script.shell(script).run(new Session(files, "/a", user, VARIABLES::get));
        return tree.changes(files);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                // Words
                "chmod 600 f ! a/f f 600 0:0 one",
                "chmod 600 $X ! a/f f 600 0:0 one",
                "chmod 600 \"$X\" ! a/f f 600 0:0 one",
                "chmod 600 ${X} ${NO:-g} ! a/f f 600 0:0 one",
                "chmod 601 ${NO:-g}${X:+} ! a/g f 601 7:8 two",
                "chmod 601 ${EMPTY:-g} ! a/g f 601 7:8 two",
                "chmod 601 g$EMPTY ! a/g f 601 7:8 two",
                "chmod 601 $TWO ! a/f f 601 0:0 one; a/g f 601 7:8 two",
                "chmod 601 ~/own ! home/own f 601 5:6 own",
                "chmod '601' /a'/'\"f\" ! a/f f 601 0:0 one",
                "chmod 601 /a/\\f ! a/f f 601 0:0 one",
                "chmod 601 /a/[fg] ! a/f f 601 0:0 one; a/g f 601 7:8 two",
                "chmod 601 [!f.sldo]* ! a/g f 601 7:8 two",
                "chmod 601 $STAR/x ! a/sub/x f 601 0:0 x",
                "chmod 601 .h* ! a/.h f 601 0:0 hidden",
                "chmod 711 [dfs]*/ ! a/sub d 711 7:8",
                "chmod 601 f # && rm g ! a/f f 601 0:0 one",
                "  chmod 601 f   &&   chmod 602 g&&true ! a/f f 601 0:0 one; a/g f 602 7:8 two",
                "mkdir '*' && chmod 700 '*' ! a/* d 700 0:0",
                "touch /a/$ ! a/$ f 644 0:0 ",
                "touch \"/a/b c\" \"/a/a\\\"b\" ! a/a\"b f 644 0:0 ; a/b c f 644 0:0 ",
                "chmod 601 $LINES ! a/f f 601 0:0 one; a/g f 601 7:8 two",
                "chmod 601 $ESCAPED ! a/f f 601 0:0 one",
                "chmod 601 $PWD/f ! a/f f 601 0:0 one",
                "chmod 601 $aA_zZ09 ! a/f f 601 0:0 one",
                "chmod 601 ${aA_zZ09} ! a/f f 601 0:0 one",
                "chmod 601 ${NO1:-\"g\"} ! a/g f 601 7:8 two",
                "chmod 601 ${EMPTY-no} f ! a/f f 601 0:0 one",
                "chmod 601 ${NO-f} ! a/f f 601 0:0 one",
                "chmod 601 \"${NO-f}\" ! a/f f 601 0:0 one",
                "chmod 601 ${X:+f} ! a/f f 601 0:0 one",
                "chmod 601 f ${EMPTY+f} ${EMPTY:+g} ${NO+g} ! a/f f 601 0:0 one",
                "chmod 601 ${X:?missing} ! a/f f 601 0:0 one",
                "chmod 601 f ${EMPTY?missing} ! a/f f 601 0:0 one",
                "chmod 601 ${NO:-${X}} ! a/f f 601 0:0 one",
                "chmod 601 ${NO:-$TWO} ! a/f f 601 0:0 one; a/g f 601 7:8 two",
                "touch ${NO:-!} ! a/! f 644 0:0",
                "touch a!b ! a/a!b f 644 0:0",
                "touch ''!b ! a/!b f 644 0:0",
                "touch a~ ! a/a~ f 644 0:0",
                "touch a#b ! a/a#b f 644 0:0",
                "touch a\\ ! a/a\\ f 644 0:0",
                "touch \\$x ! a/$x f 644 0:0",
                "touch \"\\$x\" ! a/$x f 644 0:0",
                "touch \"a\\b\" ! a/a\\b f 644 0:0",
                "touch \"a\\\\\\`b\" ! a/a\\`b f 644 0:0",
                "touch \"a$\" ! a/a$ f 644 0:0",
                "touch \"a$'b'\" ! a/a$'b' f 644 0:0",
                "touch ~ ~/ ! ",
                "chmod 601 ~ ! home d 601 5:6",
                "chmod\t601\tf ! a/f f 601 0:0 one",
                "chmod 601 /[ab]/f ! a/f f 601 0:0 one; b/f f 601 0:0 other",
                "chmod 601 //a//[f] ! a/f f 601 0:0 one",
                "chmod 601 /a/dl/[x] ! a/sub/x f 601 0:0 x",
                "chmod 601 */x ! a/sub/x f 601 0:0 x",
                "mkdir 'x-y' && touch x-y/f && chmod 601 \"x-y\"/* ! a/x-y d 755 0:0; a/x-y/f f 601 0:0",
                "ln -s nowhere /b/z && rm /[b]/z ! ",
                "touch '[f]' && chmod 601 [[]f] ! a/[f] f 601 0:0",
                "touch x1 '?1' && chmod 601 \\?1 ! a/?1 f 601 0:0 ; a/x1 f 644 0:0",
                "touch - n ! a/- f 644 0:0 ; a/n f 644 0:0",
                "touch -- -n ! a/-n f 644 0:0",
                "chmod -- 601 f ! a/f f 601 0:0 one",
                "chmod 601 $GLOBS ! a/f f 601 0:0 one; a/g f 601 7:8 two",
                "touch n\"$aA_zZ09-m\"o ! a/nf-mo f 644 0:0",
                "touch n'$o'\"p\" ! a/n$op f 644 0:0",
                "touch n - ! a/- f 644 0:0 ; a/n f 644 0:0",
                // chmod
                "chmod -R 750 sub ! a/sub d 750 7:8; a/sub/x f 750 0:0 x",
                "chmod u+x,g=u,o= g ! a/g f 770 7:8 two",
                "chmod -R u=rwX,go=rX /home ! home/own f 644 5:6 own",
                "chmod +x f ! a/f f 755 0:0 one",
                "chmod -r f ! a/f f 200 0:0 one",
                "chmod a-r,+w f ! a/f f 200 0:0 one",
                "chmod g+s,+t sub ! a/sub d 3700 7:8",
                "chmod 600 l ! a/f f 600 0:0 one",
                "chmod 4711 f ! a/f f 4711 0:0 one",
                "chmod --recursive --verbose 0700 /empty ! empty d 700 0:0",
                "chmod 644 f ! ",
                "chmod -v -c 600 f ! a/f f 600 0:0 one",
                "chmod -R -x /drop ! drop d 1666 5:6; drop/keep d 644 5:6; drop/keep/theirs d 644 0:0; drop/theirs d 644 0:0",
                "chmod g-w /b ! b d 2755 3:4",
                "chmod 640 /tmp/ids ! tmp/ids f 640 0:0 i",
                "chmod -R 755 sub f ! a/f f 755 0:0 one; a/sub d 755 7:8; a/sub/x f 755 0:0 x",
                // chown and chgrp
                "chown 1:2 f ! a/f f 644 1:2 one",
                "chown 1 g ! a/g f 600 1:8 two",
                "chown :2 g ! a/g f 600 7:2 two",
                "chown user: f ! a/f f 644 5:6 one",
                "chown user:staff f ! a/f f 644 5:50 one",
                "chgrp staff f ! a/f f 644 0:50 one",
                "chown 9:9 l ! a/f f 644 9:9 one",
                "chown -h 9:9 l ! a/l l 9:9 f",
                "chown -R 9:9 sub dl ! a/dl l 9:9 sub; a/sub d 700 9:9; a/sub/x f 755 9:9 x",
                "chgrp -R 9 /a/l ! a/l l 0:9 f",
                "chown 0 g ! a/g f 600 0:8 two",
                "chown :0 g ! a/g f 600 7:0 two",
                "chown : g ! ",
                "chown 9 /b ! b d 2775 9:4",
                "chown 9 /tmp/ids ! tmp/ids f 755 9:0 i",
                "chmod 2744 f && chown 9 f ! a/f f 2744 9:0 one",
                "chown --no-dereference 9 l ! a/l l 9:0 f",
                "chgrp -h 9 l ! a/l l 0:9 f",
                "chown -R 9:9 /drop/theirs ! drop/theirs d 755 9:9; drop/theirs/f f 644 9:9 t",
                // mkdir
                "mkdir n ! a/n d 755 0:0",
                "mkdir -p n/m /a/sub ! a/n d 755 0:0; a/n/m d 755 0:0",
                "mkdir -m 1700 n ! a/n d 1700 0:0",
                "mkdir -pm 700 n/m ! a/n d 755 0:0; a/n/m d 700 0:0",
                "mkdir -p /b/n ! b/n d 2755 0:4",
                "mkdir -p dl/n ! a/sub/n d 755 0:0",
                "mkdir -p sub/../n/ ! a/n d 755 0:0",
                "mkdir n/ ! a/n d 755 0:0",
                "mkdir -p / . /a/dl ! ",
                "mkdir -p -m 700 n// ! a/n d 700 0:0",
                "mkdir -m700 n ! a/n d 700 0:0",
                "mkdir -vm 700 n ! a/n d 700 0:0",
                "mkdir -m g-w n ! a/n d 757 0:0",
                "mkdir /n ! n d 755 0:0",
                "mkdir -p /n/m ! n d 755 0:0; n/m d 755 0:0",
                // ln
                "ln -s f n ! a/n l 0:0 f",
                "ln -s /no/where /b ! b/where l 0:4 /no/where",
                "ln -sf g l ! a/l l 0:0 g",
                "ln -sfn f dl ! a/dl l 0:0 f",
                "ln -s x y /b/ ! b/x l 0:4 x; b/y l 0:4 y",
                "ln -s /no/where ! a/where l 0:0 /no/where",
                "ln -sf /b/f . ! a/f l 0:0 /b/f",
                "ln -s x/ /b ! b/x l 0:4 x/",
                "ln -s y dl ! a/sub/y l 0:0 y",
                // rm
                "rm f ! - a/f",
                "rm -rf sub /no l ! - a/l; - a/sub",
                "rm -r dl ! - a/dl",
                "rm -f ! ",
                "rm -rf * ! - a/dl; - a/f; - a/g; - a/l; - a/out; - a/sub",
                "rm -rf sub && mkdir sub ! a/sub d 755 0:0; - a/sub/x",
                "rm f && touch f ! a/f f 644 0:0 ",
                "rm -R sub/ ! - a/sub",
                "rm -f no f ! - a/f",
                "rm /tmp/mine ! - tmp/mine",
                "touch -- -n && rm -- -n ! ",
                // mv
                "mv f n ! - a/f; a/n f 644 0:0 one",
                "mv f g ! - a/f; a/g f 644 0:0 one",
                "mv f sub ! - a/f; a/sub/f f 644 0:0 one",
                "mv f g sub/ ! - a/f; - a/g; a/sub/f f 644 0:0 one; a/sub/g f 600 7:8 two",
                "mv sub /n ! - a/sub; n d 700 7:8; n/x f 4755 0:0 x",
                "mv sub /empty ! - a/sub; empty/sub d 700 7:8; empty/sub/x f 4755 0:0 x",
                "mv -T sub /empty ! - a/sub; empty d 700 7:8; empty/x f 4755 0:0 x",
                "mv l n ! - a/l; a/n l 0:0 f",
                "mv sub /n && mv /n sub ! a/sub d 700 7:8; a/sub/x f 4755 0:0 x",
                "mv sub n/ ! a/n d 700 7:8; a/n/x f 4755 0:0 x; - a/sub",
                "mv sub/ /empty/ ! - a/sub; empty/sub d 700 7:8; empty/sub/x f 4755 0:0 x",
                "rm /b/f && mv -T sub /b ! - a/sub; b d 700 7:8; - b/f; b/x f 4755 0:0 x",
                "mv -T f g ! - a/f; a/g f 644 0:0 one",
                "mv f l ! - a/f; a/l f 644 0:0 one",
                "mv f dl ! - a/f; a/sub/f f 644 0:0 one",
                // cp
                "cp f n ! a/n f 644 0:0 one",
                "cp g n ! a/n f 600 0:0 two",
                "cp g f ! a/f f 644 0:0 two",
                "cp -p g n ! a/n f 600 7:8 two",
                "chmod 1777 f && cp f n ! a/f f 1777 0:0 one; a/n f 755 0:0 one",
                "cp l n ! a/n f 644 0:0 one",
                "cp -r l n ! a/n l 0:0 f",
                "chmod 755 sub/x && cp -r sub n ! a/n d 700 0:0; a/n/x f 755 0:0 x; a/sub/x f 755 0:0 x",
                "cp -a sub n ! a/n d 700 7:8; a/n/x f 4755 0:0 x",
                "rm sub/x && cp -r sub /empty ! - a/sub/x; empty/sub d 700 0:0",
                "cp -aT sub /empty ! empty d 700 7:8; empty/x f 4755 0:0 x",
                "cp -a sub/. /empty ! empty d 700 7:8; empty/x f 4755 0:0 x",
                "cp -a dl/. n ! a/n d 700 7:8; a/n/x f 4755 0:0 x",
                "cp -a dl/./ n ! a/n d 700 7:8; a/n/x f 4755 0:0 x",
                "rm sub/x && cp -r dl/. n ! a/n d 700 0:0; - a/sub/x",
                "rm sub/x && touch sub/y && cp -r sub/. out && cp -r sub/. out/. ! - a/sub/x; a/sub/y f 644 0:0 ; b/y f 644 0:4 ",
                "cp f g /b ! b/f f 644 0:0 one; b/g f 600 0:4 two",
                "cp g /b/n ! b/n f 600 0:4 two",
                "cp -d l n ! a/n l 0:0 f",
                "cp -P l n ! a/n l 0:0 f",
                "cp -R l n ! a/n l 0:0 f",
                "cp -d l f ! a/f l 0:0 f",
                "cp -a l n && chown -h 9 n && cp -a n m ! a/m l 9:0 f; a/n l 9:0 f",
                "cp -p g f ! a/f f 600 7:8 two",
                "cp -p /tmp/ids n ! a/n f 6755 0:0 i",
                "cp -p g /b ! b/g f 600 7:8 two",
                "cp -a /b /n ! n d 2775 3:4; n/f f 644 0:0 other",
                "cp -a sub /b && touch /b/sub/y ! b/sub d 700 7:8; b/sub/x f 4755 0:0 x; b/sub/y f 644 0:0",
                "cp f g /empty/../a/sub ! a/sub/f f 644 0:0 one; a/sub/g f 600 0:0 two",
                "chmod 1755 /empty && cp -r /empty n ! a/n d 1755 0:0; empty d 1755 0:0",
                "chmod 777 /empty && cp -r /empty n ! a/n d 755 0:0; empty d 777 0:0",
                "cp -r /empty n/ ! a/n d 755 0:0",
                "cp -r /empty /b ! b/empty d 2755 0:4",
                "cp -rT /empty /home ! ",
                // touch
                "touch n f ! a/n f 644 0:0 ",
                "touch -c n ! ",
                "/bin/touch n ! a/n f 644 0:0 ",
                "touch dl/n ! a/sub/n f 644 0:0",
                "ln -s n m && touch m ! a/m l 0:0 n; a/n f 644 0:0",
                "touch --no-create n m ! ",
                "true ! ",
                "true && rm f ! - a/f",
            })
    void works(String script, String changes) throws Exception {
        String expected = changes == null ? "" : changes;
        assertThat(String.join("; ", changes(ROOT, script)).strip()).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "chmod 600 no ! there is no '/a/no' in the image",
                "chmod 600 *.no ! there is no '/a/*.no' in the image",
                "chmod 600 f/x ! there is no '/a/f/x'",
                "chmod 89 f ! '89' is not a mode",
                "chmod q+x f ! 'q+x' is not a mode",
                "chmod 600 ! 'chmod' needs 2 operands",
                "chown nobody f ! the image has no user 'nobody' in its /etc/passwd; use a number, or one of those it has: root, user",
                "chown 1:nogroup f ! the image has no group 'nogroup' in its /etc/group",
                "chown 4294967296 f ! too large",
                "mkdir f ! '/a/f' already exists",
                "mkdir n/m ! the folder of '/a/n/m' is not in the image",
                "mkdir -p f/m ! '/a/f' is not a folder",
                "ln -s x f ! '/a/f' already exists",
                "ln -s /b/f ! '/a/f' already exists",
                "rm no ! there is no '/a/no'",
                "rm sub ! '/a/sub' is a folder, which 'rm' removes only with -r",
                "rm -rf / ! removes neither",
                "rm -rf sub/.. ! removes neither",
                "mv no f ! there is no '/a/no'",
                "mv dl/. n ! moves neither",
                "mv sub/../ n ! moves neither",
                "mv f g n ! 'n' is not a folder",
                "mv sub f ! '/a/f' is not a folder, and '/a/sub' is one",
                "mv /a /a/sub ! cannot be moved into itself",
                "cp sub n ! '/a/sub' is a folder, which 'cp' copies only with -r",
                "cp -r /a /a/sub ! cannot be copied to '/a/sub/a'",
                "cp f f ! cannot be copied",
                "touch no/n ! the folder of '/a/no/n' is not in the image",
                "touch '' ! a path is empty",
                "chmod 600 f/ ! '/a/f' is not a folder in the image",
                "chmod 600 no/* ! there is no '/a/no/*'",
                "chgrp 1 ! 'chgrp' needs 2 operands",
                "chown 1 ! 'chown' needs 2 operands",
                "touch ! 'touch' needs a path",
                "rm ! 'rm' needs a path",
                "mkdir -p /a/f ! '/a/f' is not a folder",
                "ln -s nowhere n && mkdir n ! '/a/n' already exists",
                "ln -s nowhere n && mkdir -p n/m ! '/a/n' is a link to nothing",
                "ln -sf /x/sub . ! '/a/sub' already exists",
                "ln -s x n/ ! 'n/' is not a folder",
                "rm .. ! removes neither",
                "rm '' ! removes neither",
                "rm f/ ! '/a/f' is not a folder",
                "mv f n/ ! 'n/' is not a folder",
                "mv -T f sub ! '/a/sub' is a folder, and '/a/f' is not",
                "mv -T f g sub ! 'sub' is not a folder",
                "mv -T sub /b ! the folder '/b' is not empty",
                "mv dl/ n ! 'dl/' is a link, and not a folder",
                "mv f no/n ! the folder of '/a/no/n' is not in the image",
                "cp f g n ! 'n' is not a folder",
                "cp f n/ ! 'n/' is not a folder",
                "cp no n ! there is no '/a/no'",
                "cp -rT /empty f ! '/a/f' is not a folder",
                "touch \"$EMPTY\" ! a path is empty",
                "touch \"${NO+x}\" ! a path is empty",
                "touch \"${NO:-$EMPTY}\" ! a path is empty",
                "chmod -R ! 'chmod' needs 2 operands",
            })
    void fails(String script, String said) {
        assertThatThrownBy(() -> changes(ROOT, script))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm ci",
                "chmod 1 a; chmod 2 b",
                "chmod 1 a || true",
                "chmod 1 a | cat",
                "chmod 1 a &",
                "(chmod 1 a)",
                "{ chmod 1 a; }",
                "echo a > b",
                "chmod 1 < a",
                "chmod $(id) a",
                "chmod `id` a",
                "chmod 1 \"`id`\"",
                "chmod 1 $((1+1))",
                "chmod 1 {a,b}",
                "! true",
                "X=1 chmod 1 a",
                "$X 1 a",
                "chmod 1 ~user/a",
                "chmod 1 $1",
                "chmod 1 $?",
                "chmod 1 \"$@\"",
                "chmod 1 ${X%f}",
                "chmod 1 ${#X}",
                "chmod 1 ${X:-a b}",
                "chmod 1 ${X",
                "chmod 1 'a",
                "chmod 1 \"a",
                "&& chmod 1 a",
                "chmod 1 a &&",
                "chmod 1 a && && true",
                "",
                "chmod 1 [[:alpha:]]",
                "chmod --reference=a b",
                "chmod -f 1 a",
                "chmod 1 a -R",
                "chown -L 1 a",
                "chown -H -R 1 a",
                "chown a.b c",
                "chown 5: f",
                "cp -u f g",
                "cp --preserve=mode f g",
                "cp f l",
                "ln f n",
                "mv -n f g",
                "mv -t sub f",
                "rm -i f",
                "rm -d sub",
                "touch -d now f",
                "touch -t 1 f",
                "mkdir -Z n",
                "chmod -R 755 dl",
                "chmod 755 /b",
                "chmod 0 /b",
                "cp sub/x n",
                "mv f f",
                "mkdir -m 700 /b/n",
                "ln -s x f g",
                "cp -r /b /n",
                "chmod g=rx /b",
                "/opt/bin/chmod 1 a",
                "cd /b && chmod 1 f",
                "if true",
                "cp -a sub/. /tmp",
                "sh -c 'chmod 1 a'"
            })
    void isNotComputable(String script) {
        assertThatThrownBy(() -> changes(ROOT, script)).isInstanceOf(NotComputable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "chmod 600 /home/own ! home/own f 600 5:6 own",
                "mkdir /home/n && touch /home/n/f ! home/n d 755 5:6; home/n/f f 644 5:6 ",
                "chgrp staff /home/own ! home/own f 640 5:50 own",
                "cp -a /home/own /home/n ! home/n f 640 5:6 own",
                "cp f ~/n ! home/n f 644 5:6 one",
                "touch /tmp/n && rm /tmp/n ! ",
                "cp /home/own /tmp/root ! tmp/root f 666 0:0 own",
                "cp -p f ~/n ! home/n f 644 5:6 one",
                "cp -p /tmp/ids ~/n ! home/n f 755 5:6 i",
                "cp -p /tmp/mine ~/n ! home/n f 6710 5:50 m",
                "cp -p /tmp/mine ~/own ! home/own f 6710 5:50 m",
                "cp -p /tmp/ids ~/own ! home/own f 755 5:6 i",
                "cp -p f ~/own ! home/own f 644 5:6 one",
                "cp -d l ~/n ! home/n l 5:6 f",
                "cp -a l ~/n ! home/n l 5:6 f",
                "cp -a /drop/theirs ~/n ! home/n d 755 5:6; home/n/f f 644 5:6 t",
                "cp -r /drop/theirs ~/n ! home/n d 755 5:6; home/n/f f 644 5:6 t",
                "rm /drop/root ! - drop/root",
                "mkdir ~/n && mv ~/n /drop ! drop/n d 755 5:6",
                "mv /drop/theirs /drop/n ! drop/n d 755 0:0; drop/n/f f 644 0:0 t; - drop/theirs",
                "mv /drop/root ~/n ! - drop/root; home/n f 644 0:0 r",
                "mkdir ~/n && touch ~/n/f && rm -r ~/n ! ",
                "mkdir ~/n && cp /tmp/root ~/n && rm -r ~/n ! ",
                "cp /tmp/staff ~/n ! home/n f 40 5:6 s",
                "rm /team/f ! - team/f",
            })
    void anotherUser(String script, String changes) throws Exception {
        String expected = changes == null ? "" : changes;
        assertThat(String.join("; ", changes(USER, script)).strip()).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "chmod 600 f ! the user 5 does not own '/a/f'",
                "chown 5 f ! the user 5 may not change the owner of '/a/f'",
                "chgrp 77 /home/own ! may not change the owner",
                "touch n ! may not write into the folder of '/a/n'",
                "rm f ! may not write into the folder of '/a/f'",
                "rm /tmp/root ! may not replace '/tmp/root'",
                "mv /tmp/root /home/n ! may not replace '/tmp/root'",
                "chmod 600 sub/x ! may not look into '/a/sub'",
                "cp g /home/n ! may not read '/a/g'",
                "cp /home/own f ! may not write into '/a/f'",
                "mkdir -p /a/n/m ! may not write into the folder of '/a/n'",
                "chmod -R u+x /home /a ! does not own '/a'",
                "chgrp staff f ! the user 5 may not change the owner of '/a/f'",
                "mkdir ~/n && chmod 300 ~/n && chmod -R u+x ~/n ! may not read '/home/n'",
                "mkdir ~/n && chmod 300 ~/n && chgrp -R staff ~/n ! may not read '/home/n'",
                "mkdir ~/n && chmod 400 ~/n && cp -r ~/n ~/m ! may not read '/home/n'",
                "cp -p /tmp/locked ~/n ! may not read '/tmp/locked'",
                "rm -r /drop/theirs ! may not write into the folder of '/drop/theirs/f'",
                "rm -r /drop/keep ! may not write into the folder of '/drop/keep/theirs/f'",
                "mv /drop/theirs ~ ! may not write into '/drop/theirs'",
                "mv f ~/n ! may not write into the folder of '/a/f'",
                "mv ~/own n ! may not write into the folder of '/a/n'",
                "ln -s x n ! may not write into the folder of '/a/n'",
                "mkdir n ! may not write into the folder of '/a/n'",
                "cp -r /home /drop/theirs ! may not write into the folder of '/drop/theirs/home'",
                "cp f n ! may not write into the folder of '/a/n'",
            })
    void anotherUserMayNot(String script, String said) {
        assertThatThrownBy(() -> changes(USER, script))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "chmod 1 f; rm f ! it has ';', and only commands joined by '&&' are followed",
                "! true ! it has '!', and only commands joined by '&&' are followed",
                "chmod 1 \"`id`\" ! it has '`', and only commands joined by '&&' are followed",
                "chmod 1 'a ! a single quote is not closed",
                "chmod 1 \"a ! a double quote is not closed",
                "chmod 1 \"a\\ ! a double quote is not closed",
                "chmod 1 ${X:-y ! a '${' is not closed",
                "chmod 1 ${X:- ! a '${' is not closed",
                "chmod 1 f && ! there is no command before or after '&&'",
                "chmod 1 ~user/a ! only '/' may follow '~'",
                "chmod 1 $'a' ! '$'a'' is not one of the forms $x, ${x}, ${x:-y}, ${x:+y} and ${x:?y}",
                "chmod 1 $\"a\" ! '$\"a\"' is not one of the forms",
                "chmod 1 $[1+1] ! '$[1+1]' is not one of the forms",
                "chmod 1 \"$[1+1]\" ! '$[1+1]\"' is not one of the forms",
                "chmod 1 ${X:=a} ! '${X:=a}' is not one of the forms",
                "chmod 1 ${X: ! '${X:' is not one of the forms",
                "chmod 1 ${X:- a} ! '${X:- a}' is not one of the forms",
                "chmod 1 ${X:-~} ! '${X:-~}' is not one of the forms",
                "chmod 1 \"${X:-'a'}\" ! '${X:-'a'}\"' is not one of the forms",
                "chmod 1 \"${X:-\\a}\" ! '${X:-\\a}\"' is not one of the forms",
                "chmod 1 ${ABCDEFGHIJKLMNOPQR%a} ! '${ABCDEFGHIJKLMNOPQR' is not one of the forms",
                "chmod 1 ${NO:?none} ! the variable 'NO' has no value",
                "chmod 1 ${EMPTY:?none} ! the variable 'EMPTY' has no value",
                "$X 1 f ! the name of a command is a variable",
                "\"\" f ! '' is not one of the commands that it can compute without running them (chgrp, chmod, chown, cp, ln,",
                "chmod 1 [f ! '[f' is not a pattern",
                "chmod 1 [[=a=]] ! it has a pattern with a class of characters",
                "chmod 1 [[.a.]] ! it has a pattern with a class of characters",
                "chmod --quiet 1 f ! 'chmod' has an option that hides failures",
                "chmod --what 1 f ! 'chmod' has the option '--what', whose effect it cannot compute",
                "chmod 1 f -R ! 'chmod' has the option '-R' after other words; put options first",
                "mkdir -m ! 'mkdir' has the option '-m', whose effect it cannot compute",
                "mkdir -p: n ! 'mkdir' has the option '-:', whose effect it cannot compute",
                "rm -rf dl/ ! implementations of 'rm' disagree about 'dl/', which is a link",
                "rm -f d*/ ! implementations of 'rm' disagree about 'dl/', which is a link",
                "chown 5: f ! implementations of 'chown' disagree about the group of '5:'",
                "ln f n ! 'ln' without -s makes a hard link",
            })
    void saysWhyItIsNotComputable(String script, String reason) {
        assertThatThrownBy(() -> changes(ROOT, script))
                .isInstanceOfSatisfying(
                        NotComputable.class, e -> assertThat(e.reason()).startsWith(reason));
    }

    @Test
    void aScriptOfSeveralLinesIsNotComputable() {
        assertThatThrownBy(() -> changes(ROOT, "chmod 1 f\nrm f"))
                .isInstanceOf(NotComputable.class)
                .hasMessage("it has '\\n', and only commands joined by '&&' are followed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            value = {
                "cp -p /tmp/staff ~/n ! implementations of 'cp' disagree about the group of a copy of '/tmp/staff'",
                "cp -p f /tmp/root ! implementations of 'cp' disagree about the mode of '/tmp/root', which the user 5 does not own",
                "cp -aT ~ /team ! implementations of 'cp' disagree about the mode of '/team', which the user 5 does not own",
            })
    void whatAnotherUserMayKeepIsNotComputable(String script, String reason) {
        assertThatThrownBy(() -> changes(USER, script))
                .isInstanceOf(NotComputable.class)
                .hasMessage(reason);
    }

    @Test
    void variablesMayBeNestedUpToALimit() throws Exception {
        assertThat(changes(ROOT, nested(20))).containsExactly("a/n f 644 0:0 ");
        assertThatThrownBy(() -> changes(ROOT, nested(21)))
                .isInstanceOf(NotComputable.class)
                .hasMessageContaining("is not one of the forms");
        assertThat(changes(ROOT, "touch " + "${NO:-n}".repeat(25)))
                .containsExactly("a/" + "n".repeat(25) + " f 644 0:0 ");
    }

    @Test
    void theWorkingFolderMayBeALink() throws Exception {
        TestTree tree = TestTree.of(TREE);
        StageFiles files = StageFiles.of(tree);

        Script.shell("chmod 755 x && cp -r . /n && ln -s y .").run(new Session(files, "/a/dl", ROOT, VARIABLES::get));

        assertThat(tree.changes(files))
                .containsExactly("a/sub/x f 755 0:0 x", "a/sub/y l 0:0 y", "n d 700 0:0", "n/x f 755 0:0 x");
    }

    @Test
    void aTildeStaysWithoutAHome() throws Exception {
        TestTree tree = TestTree.of(TREE);
        StageFiles files = StageFiles.of(tree);

        Script.shell("touch ~").run(new Session(files, "/a", ROOT, name -> null));

        assertThat(tree.changes(files)).containsExactly("a/~ f 644 0:0 ");
    }

    @Test
    void aCommandWithoutAShellIsTakenLiterally() throws Exception {
        TestTree tree = TestTree.of(TREE + "a/$X f 644 0:0 dollar\na/* f 644 0:0 star\n");
        StageFiles files = StageFiles.of(tree);
        Session session = new Session(files, "/a", ROOT, VARIABLES::get);

        Script.exec(List.of("chmod", "600", "$X", "*")).run(session);

        assertThat(tree.changes(files)).containsExactly("a/$X f 600 0:0 dollar", "a/* f 600 0:0 star");
        assertThatThrownBy(() -> Script.exec(List.of("sh", "-c", "true"))).isInstanceOf(NotComputable.class);
    }

    @Test
    void valuesHaveALargestSize() {
        String long16 = "${A}".repeat(40_000);
        assertThatThrownBy(() -> Script.shell("chmod 1 " + long16)
                        .run(new Session(StageFiles.of(TestTree.of(TREE)), "/", ROOT, name -> "a".repeat(1000))))
                .isInstanceOf(NotComputable.class)
                .hasMessageContaining("longer than 128 KiB");
    }

    @Test
    void aValueMayHaveTheLargestSize() throws Exception {
        StageFiles files = StageFiles.of(TestTree.of(TREE));
        Script script = Script.shell("chmod 1 $A");

        assertThatThrownBy(() -> script.run(new Session(files, "/", ROOT, name -> "a".repeat(128 << 10))))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith("there is no '/aaa");
        assertThatThrownBy(() -> script.run(new Session(files, "/", ROOT, name -> "a".repeat((128 << 10) + 1))))
                .isInstanceOf(NotComputable.class)
                .hasMessage("its words become longer than 128 KiB");
    }

    @Test
    void linksInACircleAreAnError() {
        TestTree tree = TestTree.of("a l 0:0 b\nb l 0:0 a\n");
        assertThatThrownBy(() ->
                        Script.shell("chmod 1 /a/c").run(new Session(StageFiles.of(tree), "/", ROOT, name -> null)))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining("more than 40 links");
    }
}

import io.github.olympe.maven.testing.GoalClaims
import java.util.zip.GZIPInputStream
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream

def registry = context.get('registry')
try {
    assert registry.versions('@acme/bricks') == ['1.0.0']
    assert registry.tags('@acme/bricks') == [next: '1.0.0']
    // What was published has the main file and the patches of the snapshot.
    def tarball = registry.tarballs()['@acme/bricks-1.0.0.tgz'].decodeBase64()
    assert tarball == new File(basedir, 'target/olympe/acme-bricks-1.0.0.tgz').bytes
    def files = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(tarball))).withCloseable { tar ->
        def found = [:]
        for (def entry = tar.nextEntry; entry != null; entry = tar.nextEntry) {
            found[entry.name] = tar.readAllBytes()
        }
        found
    }
    assert files['package/main.js'] == 'exports.bricks = 1\n'.bytes
    def patch = 'Bricks/.Bricks.newInst.json'
    assert files["package/codeAsData/acme.bricks/$patch".toString()] == new File(basedir, "snapshot/10000000000000000000/Home/$patch").bytes

    def log = new File(basedir, 'build.log').text
    assert log.contains("Published @acme/bricks@1.0.0 to ${registry.url()}")
    assert log.contains("@acme/bricks@1.0.0 is published already in ${registry.url()}: nothing to do.")
    assert !log.contains('npm-token')
} finally {
    registry.close()
}
GoalClaims.verify(basedir)
return true

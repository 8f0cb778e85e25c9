import io.github.olympe.maven.testing.GoalClaims

// The patches of the root tag are the new ones, and nothing else was touched.
def snapshot = new File(basedir, 'snapshot')
def files = []
snapshot.eachFileRecurse(groovy.io.FileType.FILES) { files << snapshot.toPath().relativize(it.toPath()).toString() }
assert files.sort() == ['10000000000000000000/Home/.Home.newInst.json', 'README.md', 'snapshot-config.json']

def log = new File(basedir, 'build.log').text
assert log.contains("Taking the snapshot 'My Projects' from draw.example.com:443")
assert log.contains("1 added, 0 changed, 1 deleted.")
assert !log.contains('draw-pa55word')
assert new File(basedir, 'target/olympe/snapshot').listFiles().every { it.name == '.lock' }
GoalClaims.verify(basedir)
return true

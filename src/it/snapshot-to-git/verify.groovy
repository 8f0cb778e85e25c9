import io.github.olympe.maven.testing.GoalClaims

def repository = context.get('repository')
context.get('server').close()

assert repository.files('develop').keySet() == ['README.md', 'snapshot/10000000000000000000/Home/.Home.newInst.json'] as Set
assert repository.log('develop').size() == 2
def (mode, patch) = repository.files('develop')['snapshot/10000000000000000000/Home/.Home.newInst.json'].split(' ', 2)
assert mode == '100644'
assert new groovy.json.JsonSlurper().parseText(patch).operations == [[o: 1, p: [ff023000000000000011: 'Home'], t: '10000000000000000000']]
def message = repository.log('develop')[0].fullMessage
assert message ==~ /(?s)Snapshot at \d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d in snapshot\n\n2 changes in .+/
assert message.contains("- Added brick 'Home'")
assert message.contains("- Deleted brick 'Old'")
// The toolkit was asked for what the configuration says.
def given = new groovy.json.JsonSlurper().parse(new File(basedir, 'report.json'))
assert given.options['orchestrator.host'] == 'draw.example.com'
def snapshooter = given.configuration[0].snapshooter
assert snapshooter.rootTags == ['10000000000000000000']
assert snapshooter.exclude == ['10000000000000000001']
// The project itself is not touched.
assert !new File(basedir, 'snapshot').exists()

def log = new File(basedir, 'build.log').text
assert log.contains('Pushed the snapshot \'My Projects\' to the branch \'develop\'')
assert !log.contains('t0ken')
assert !log.contains('draw-pa55word')
GoalClaims.verify(basedir)
return true

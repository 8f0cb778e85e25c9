import io.github.olympe.maven.testing.BareRepository
import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.GitHttpServer
import org.eclipse.jgit.transport.ReceiveCommand

import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption

def errors = DocumentedErrors.of('docs/snapshot.md', basedir)
def toolkit = new File('src/test/resources/toolkit-stand-in/main.js').absolutePath
def draw = '<orchestratorHost>draw.example.com</orchestratorHost><orchestratorServerId>it-draw</orchestratorServerId>' +
    '<environmentVariables><OLYMPE_STAND_IN>${project.basedir}/stand-in.json</OLYMPE_STAND_IN></environmentVariables>'
def entry = { more = '', git = '' -> """[{"snapshooter": {"name": "Shop", "rootTags": ["abc"]$more}$git}]""".toString() }
// The stand-in of the toolkit, and what it is told to do.
def provoke = { error, config, standIn = '{}', configuration = '' ->
    errors.provoke(error, 'snapshot', draw + configuration)
        .file('res/snapshot-config.json', config)
        .file('stand-in.json', standIn)
        .file('node_modules/.package-lock.json', '{}')
        .file('node_modules/.bin/olympe', "#!/usr/bin/env node\nrequire('$toolkit')\n".toString())
        .file('snapshot/abc/Home/.Old.newInst.json', '{}')
}
def servers = []
def server = { name, hook = null ->
    def repository = BareRepository.create(new File(basedir, name).toPath())
    repository.commit('develop', ['README.md': 'The shop.\n'])
    def started = GitHttpServer.start(repository.folder())
    servers << started
    hook?.call(started, repository)
    started
}
def git = { url -> """, "git": {"repo": "$url"}""".toString() }

provoke("…, entry 1 ('…'): the key '…' …", entry(', "rootTag": "abc"'))
provoke("…: has the format of older tools; write …", '{"rootTag": "abc", "outputDir": "dumps", "name": "Shop"}')
provoke("There is no snapshot configuration in '…'", '').without('res/snapshot-config.json')
errors.provoke("There is no user and password for the orchestrator '…'", 'snapshot', draw.replaceFirst('<orchestratorServerId>.*</orchestratorServerId>', ''))
    .file('res/snapshot-config.json', entry())
provoke("The snapshot '…' … failed: Failed connect to the server within 15000 ms", entry(), '{"fail": "connect", "connectMillis": 10}')
provoke("The snapshot '…' … failed: …", entry(), '{"fail": "end", "message": "Unknown tag abc"}')
provoke("The snapshot '…' … was stopped after … seconds", entry(), '{"hang": "connect"}', '<snapshotTimeout>1</snapshotTimeout>')
provoke("The snapshot '…' lacks the root tag '…'", entry(), '{"omitRootTags": ["abc"]}')
provoke("… a path that git or a checkout on Windows or macOS does not accept", entry(), '{"snapshots": {"*": {"*": {"aux.json": "{}"}}}}')
provoke("… which are the same file on Windows and macOS", entry(), '{"snapshots": {"*": {"*": {"Home/a.json": "{}", "Home/A.json": "{}"}}}}')
provoke("… which is not valid JSON", entry(), '{"snapshots": {"*": {"*": {"Home/a.json": "{"}}}}')
provoke("The snapshot '…' … has no patch at all", entry(), '{"snapshots": {"*": {}}}')

def empty = BareRepository.create(new File(basedir, 'empty.git').toPath()).folder().toUri()
provoke("The repository '…' is empty", entry('', git(empty)))
provoke("The repository '…' has no branch '…'", entry('', """, "git": {"repo": "${server('other.git').url()}", "branch": "master"}"""))
provoke("Authentication to '…' failed with …", entry('', git(server('closed.git') { it, repository ->
    it.lettingIn { user, password -> false }
}.url())))
provoke("The repository '…' refuses the push …", entry('', git(server('protected.git') { it, repository ->
    it.beforeReceiving { pack, commands ->
        commands.each { command -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, 'protected branch') }
    }
}.url())))
def pushes = 0
provoke("Others pushed to the branch '…' of '…' before each of the 5 attempts", entry('', git(server('busy.git') { it, repository ->
    it.beforeReceiving { pack, commands -> repository.commit('develop', [('other-' + ++pushes + '.txt'): 'work']) }
}.url())))
provoke("The path '…' is not what an interrupted snapshot leaves there", entry()).file('.olympe-snapshot/snapshot/notes.txt', 'mine')
errors.seenElsewhere("The folder '…' is tracked by git", 'InterruptedReplacementTest')
errors.seenElsewhere("The proxy '…' … does not accept the user and password …", 'GitProxyTest')
errors.seenElsewhere("The proxy '…' … asks for a user and a password", 'GitProxyTest')
// These take a real SSH server.
errors.seenElsewhere("The host '…' … is unknown", 'SshPushTest')
errors.seenElsewhere("The host '…' … is known with another one", 'SshPushTest')
def locked = provoke("Another snapshot of this project is running", entry())
// The temporary folder of the second run has such a path, too.
provoke("The toolkit cannot write to '…', because the path has a space", entry()).run(2).below('the shop')

errors.write()
assert new File(basedir, 'run-2/a+b').mkdir()
def lock = new File(locked.folder(), 'target/olympe/snapshot/.lock')
lock.parentFile.mkdirs()
def channel = FileChannel.open(lock.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
channel.lock()
context.put('open', servers + channel)
context.put('errors', errors)
return true

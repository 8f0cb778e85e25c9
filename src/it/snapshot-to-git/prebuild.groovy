import io.github.olympe.maven.testing.BareRepository
import io.github.olympe.maven.testing.GitHttpServer

// A git server that takes the token as git sends one that is written into the address.
def repository = BareRepository.create(new File(basedir, 'repo.git').toPath())
repository.commit('develop', ['README.md': 'The shop.\n', 'snapshot/10000000000000000000/Home/.Old.newInst.json':
    '{"operations": [{"o": 1, "p": {"ff023000000000000011": "Old"}, "t": "10000000000000000009"}], "rootTag": "10000000000000000009"}'])
def server = GitHttpServer.start(repository.folder()).lettingIn { user, password -> user == 't0ken' && password == '' }
context.put('repository', repository)
context.put('server', server)

// The stand-in of the toolkit reports what it is given.
new File(basedir, 'stand-in.json').text = groovy.json.JsonOutput.toJson([report: new File(basedir, 'report.json').path])
def res = new File(basedir, 'res')
res.mkdir()
new File(res, 'snapshot-config.json').text = """[
  {
    "snapshooter": {
      "name": "My Projects",
      "rootTags": ["10000000000000000000"],
      "exclude": ["10000000000000000001"],
      "outputDir": "snapshot"
    },
    "git": {
      "repo": "http://t0ken@${server.authority()}/group/repo.git",
      "commitMessage": "Snapshot at {date} in {folder}"
    }
  }
]
"""
return true

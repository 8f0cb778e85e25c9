import io.github.olympe.maven.testing.GoalClaims

def log = new File(basedir, 'build.log').text
assert log.contains('Nothing was written (olympe.dryRun).')
assert log.contains('.gitlab-ci.yml:141  curl to the webhook')
assert log.contains('.gitlab-ci.yml:71  bumpVersion.sh')
// The third run is a check by the pom that the second one wrote.
assert log.contains('registry.example.com/acme/shop-frontend')
def shop = new File(basedir, 'shop')
def pom = new groovy.xml.XmlSlurper().parse(new File(shop, 'pom.xml'))
assert pom.artifactId.text() == 'shop'
assert pom.version.text() == '1.4.0'
assert pom.properties.'olympe.registry'.text() == 'registry.example.com/acme'
assert pom.properties.'olympe.deployBranches'.text() == 'master'
assert pom.properties.'olympe.deploy.url'.text() == '${env.URL}'
assert pom.build.plugins.plugin.configuration.isEmpty()
assert new File(shop, 'mvnw').canExecute()
// Nothing that was there has changed.
assert new File(shop, '.gitlab-ci.yml').text.contains('kaniko')
assert new File(shop, '.gitlab-ci.olympe.yml').text.contains('mvn -B deploy')
GoalClaims.verify(basedir)
return true

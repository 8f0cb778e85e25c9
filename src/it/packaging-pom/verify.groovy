def servers = context.get('servers')
try {
    servers.assertDeployed(basedir)
} finally {
    servers.close()
}
return true

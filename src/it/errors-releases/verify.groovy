try {
    context.get('errors').verify()
    assert !new File(basedir, 'build.log').text.contains('deploy-token')
} finally {
    context.get('servers')*.close()
}
return true

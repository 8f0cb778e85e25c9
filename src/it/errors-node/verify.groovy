context.get('errors').verify()
assert new File(basedir, 'build.log').text.contains('ENOTCACHED')
return true

def registry = context.get('registry')
try {
    context.get('errors').verify()
    assert registry.versions('@acme/bricks') == ['1.0.0']
} finally {
    registry.close()
}
return true

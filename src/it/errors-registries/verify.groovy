try {
    context.get('errors').verify()
} finally {
    context.get('servers').each { it.close() }
}
return true

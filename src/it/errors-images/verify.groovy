try {
    context.get('errors').verify()
} finally {
    context.get('registry').close()
}
return true
